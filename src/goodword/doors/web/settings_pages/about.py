"""What each settings page is for and when a change of it takes effect, in a sentence each."""

from __future__ import annotations

from dataclasses import dataclass

from goodword.company.channels import kinds as messages
from goodword.company.knowledge import kinds as scripts
from goodword.engine.policy import kinds as editions
from goodword.wiring.administration import kinds

from ..rights import right_words
from ..templatetags.goodword_ui import t
from .contents import RIGHTS

AT_ONCE = ("立即生效。", "At once.")


@dataclass(frozen=True, slots=True)
class Page:
    """what, effect: (Chinese, English). kinds: the journal's entries of it. may: the right a change takes."""

    what: tuple[str, str]
    effect: tuple[str, str]
    kinds: tuple[str, ...]
    may: str = ""


PAGES = {
    "settings-people": Page(
        ("账号、岗位和每个人担任的角色。", "Accounts, and the roles people hold."),
        AT_ONCE,
        (
            kinds.ACCOUNT_MADE.name,
            kinds.ACCOUNT_LINKED.name,
            kinds.ACCOUNT_STOPPED.name,
            kinds.ACCOUNT_RESUMED.name,
            kinds.ROLE_GIVEN.name,
            kinds.ROLE_TAKEN.name,
        ),
    ),
    "settings-roles": Page(
        ("每个角色可以做什么、管到多远。", "What each role may do, and how far it reaches."),
        (
            "角色随软件版本而定；给谁由“人员”页决定，立即生效。",
            "Roles come with the software; who holds them is decided under People, at once.",
        ),
        (kinds.ROLE_GIVEN.name, kinds.ROLE_TAKEN.name),
        "people.manage",
    ),
    "settings-groups": Page(
        ("制度里的常设小组由谁组成。", "Who sits in the standing groups of the regulations."),
        (
            "立即生效，之后升级的提醒发给新成员。",
            "At once: what climbs from now on is told to the new members.",
        ),
        (kinds.GROUP_SEATED.name, kinds.GROUP_UNSEATED.name),
    ),
    "settings-departments": Page(
        ("部门名称和负责人。", "The departments’ names and heads."),
        AT_ONCE,
        (kinds.DEPARTMENT_RENAMED.name, kinds.HEAD_CHANGED.name),
    ),
    "settings-rosters": Page(
        ("谁什么时候在岗、值守或请假，由谁代班。", "Who is at work, on call or away, and who stands in."),
        ("到了所填的时间生效。", "At the times given."),
        (kinds.SHIFT_ADDED.name, kinds.ABSENCE_ADDED.name, kinds.ABSENCE_ENDED.name),
    ),
    "settings-calendars": Page(
        (
            "哪些天上班，按工作日计算的时限以此为准。",
            "Which days are worked: what counts working days goes by it.",
        ),
        (
            "发布后立即生效；尚未完成、按尚未公布的年份估算的到期时间自动重算。",
            "When published; open due times that rested on a provisional year are computed anew.",
        ),
        (kinds.CALENDAR_PUBLISHED.name,),
        "calendars.edit",
    ),
    "settings-channels": Page(
        (
            "客户能从哪些渠道找到公司，公示在哪里。",
            "By which channels customers reach the company, and where that is published.",
        ),
        (
            "公示页立即换上；合同、官网和交付清单要重新公示并登记。",
            "The public page at once; contract, website and delivery list have to be published anew and recorded.",
        ),
        (messages.CHANNEL_SET.name, messages.PUBLISHED.name),
    ),
    "settings-notices": Page(
        (
            "后台停顿之后，迟到的提醒怎样合并；哪段时间不打扰客户。",
            "How late notices are gathered after a standstill, and when customers are left in peace.",
        ),
        ("对之后的提醒和消息生效。", "For notices and messages from now on."),
        (kinds.GATHERING_SET.name, kinds.CUSTOMERS_QUIET_SET.name),
    ),
    "settings-ways": Page(
        (
            "提醒除收件箱以外还走哪些方式：群机器人、企业微信、钉钉、飞书、短信、语音电话等。",
            "By which ways notices go besides the inbox: group robots, WeCom, DingTalk, Feishu, SMS, voice calls.",
        ),
        ("对之后的提醒生效。", "For notices from now on."),
        (
            kinds.STAFF_WAYS_SET.name,
            kinds.STAFF_ADDRESS_SET.name,
            kinds.ROBOT_ADDED.name,
            kinds.ROBOT_SWITCHED.name,
            kinds.PLATFORM_APP_SET.name,
            kinds.CARRIER_SET.name,
        ),
    ),
    "settings-webhooks": Page(
        (
            "这里发生的事告诉公司的哪些系统。",
            "Which of the company’s systems hear of what happens here.",
        ),
        ("之后发生的事开始推送。", "For what happens from now on."),
        (kinds.ENDPOINT_ADDED.name, kinds.ENDPOINT_SWITCHED.name),
    ),
    "settings-hotline": Page(
        (
            "话务系统怎样把来电告诉好口碑，谁的分机是哪个。",
            "How the call centre tells of its calls, and whose extension is whose.",
        ),
        ("立即生效；已记下的通话不变。", "At once; calls already taken down do not change."),
        (kinds.HOTLINE_SET.name, kinds.HOTLINE_SECRET_MADE.name, kinds.EXTENSION_SET.name),
    ),
    "settings-app": Page(
        (
            "网站和应用里的在线咨询：开不开、嵌在哪里、什么时候有人应答。",
            "The chat on your website and in your app: whether, where, and when people answer.",
        ),
        ("立即生效；已经开始的对话照常进行。", "At once; conversations already begun go on."),
        (kinds.APP_SET.name, kinds.APP_SECRET_MADE.name),
    ),
    "settings-mailboxes": Page(
        (
            "从哪些邮箱收客户的信、用哪个邮箱答复。密码加密保存，不再显示。",
            "From which mailboxes customers’ mails are taken, and by which they are answered. Secrets are sealed and never shown again.",
        ),
        ("立即生效；已经收下的邮件不变。", "At once; mails already taken in do not change."),
        (kinds.MAILBOX_ADDED.name, kinds.MAILBOX_CHANGED.name, kinds.MAIL_RULES_SET.name),
    ),
    "settings-wechat": Page(
        (
            "公众号怎样把粉丝的话告诉好口碑，回复怎样发出。",
            "How the official account tells of what followers write, and how answers leave.",
        ),
        ("立即生效；密钥存后不再显示。", "At once; secrets are not shown again."),
        (kinds.WECHAT_SET.name,),
    ),
    "settings-wecom": Page(
        (
            "微信客服的消息怎样取来，回复怎样发出。",
            "How messages of WeCom’s customer service are fetched, and how answers leave.",
        ),
        ("立即生效；密钥存后不再显示。", "At once; secrets are not shown again."),
        (kinds.WECOM_SET.name,),
    ),
    "settings-figures": Page(
        (
            "补偿限额、原因目录和话术：制度里的数值。",
            "Compensation limits, causes and wordings: figures of the regulations.",
        ),
        (
            "由一人提出、另一人批准，从所定的日期起生效；在此之前开始的不变。",
            "Proposed by one, approved by another, from the day named; what began before keeps its figures.",
        ),
        (editions.PROPOSED.name, editions.APPROVED.name, editions.REFUSED.name),
        "policy.propose",
    ),
    "settings-scripts": Page(
        (
            "同事对客户说的话：各渠道共用一套，按情形分组，在回复框里用 / 查找。",
            "What colleagues say to customers: one set for all channels, grouped by situation, found by / in the reply box.",
        ),
        (
            "立即生效；已经发出的，记的是当时那一版。",
            "At once; what was sent keeps the version it was.",
        ),
        (scripts.SCRIPT_WRITTEN.name, scripts.SCRIPT_RETIRED.name),
    ),
    "settings-company": Page(
        (
            "公司的名称、标志和主色，员工和客户都会看到。",
            "The company’s name, mark and colour, for colleagues and customers.",
        ),
        (
            "立即生效；已经打开的页面，下一次打开时换上。",
            "At once; pages already open show it when they are opened again.",
        ),
        (kinds.NAMED.name, kinds.COLOURED.name, kinds.MARKED.name),
    ),
    "settings-tokens": Page(
        (
            "供其他程序使用的接口令牌：以谁的身份、能做什么、到什么时候。",
            "Tokens for other programs: as whom they act, what they may do, until when.",
        ),
        (
            "立即生效；吊销后下一次请求就被拒绝。",
            "At once; a revoked token is refused with its next request.",
        ),
        ("token.created", "token.revoked"),
    ),
}


@dataclass(frozen=True, slots=True)
class About:
    """The same, in the words of the page's language."""

    what: str
    may: str
    effect: str


def about(here: str) -> About | None:
    """What is told beside the page; None for one that has nothing to tell."""
    found = PAGES.get(here)
    if found is None:
        return None
    right = found.may or RIGHTS[here]
    return About(str(t(*found.what)), right_words([right]), str(t(*found.effect)))
