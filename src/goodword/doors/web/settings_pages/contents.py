"""The settings' own navigation: what this person may decide, in groups."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from ..access import WebRequest
from ..templatetags.goodword_ui import t

GROUPS = (
    (
        ("人员与时间", "People and time"),
        (
            ("settings-people", "人员", "People", "people.manage"),
            ("settings-roles", "角色与权限", "Roles", "people.manage"),
            ("settings-groups", "常设小组", "Groups", "people.manage"),
            ("settings-departments", "部门", "Departments", "people.manage"),
            ("settings-rosters", "排班与代班", "Rosters", "people.roster"),
            ("settings-calendars", "工作日历", "Calendars", "people.roster"),
        ),
    ),
    (
        ("客户渠道", "Ways in"),
        (
            ("settings-channels", "渠道公示", "Channels", "settings.edit"),
            ("settings-hotline", "热线", "Hotline", "settings.edit"),
            ("settings-app", "在线咨询", "Chat", "settings.edit"),
            ("settings-mailboxes", "邮箱", "Mailboxes", "settings.edit"),
            ("settings-wechat", "微信", "WeChat", "settings.edit"),
            ("settings-wecom", "微信客服", "WeCom", "settings.edit"),
        ),
    ),
    (
        ("话术与视图", "Words and views"),
        (
            ("settings-figures", "限额与话术", "Limits and wordings", "policy.propose"),
            ("settings-scripts", "话术", "Scripts", "scripts.edit"),
            ("case-views", "工单视图", "Views", "cases.share_views"),
        ),
    ),
    (
        ("通知", "Ways out"),
        (
            ("settings-notices", "提醒", "Notices", "settings.edit"),
            ("settings-ways", "通知方式", "Ways to staff", "settings.edit"),
            ("settings-webhooks", "事件推送", "Webhooks", "settings.edit"),
        ),
    ),
    (
        ("公司与接口", "Company"),
        (
            ("settings-company", "公司", "Company", "settings.edit"),
            ("settings-tokens", "接口令牌", "Tokens", "tokens.manage"),
        ),
    ),
)
RIGHTS = {name: right for _, pages in GROUPS for name, _, _, right in pages}
"""The right each page takes, by the name of its URL."""


def groups(request: WebRequest, here: str) -> list[dict[str, Any]]:
    """The groups of pages this person holds a right for; `here` is the name of the page shown."""
    found = [
        {
            "label": t(*label),
            "pages": [
                {"url": reverse(f"web:{name}"), "label": t(zh, en), "current": name == here}
                for name, zh, en, right in pages
                if request.actor.has(right)
            ],
        }
        for label, pages in GROUPS
    ]
    return [group for group in found if group["pages"]]


def label(name: str) -> str:
    """What the page of this URL name is called, in the reader's language."""
    return next(t(zh, en) for _, pages in GROUPS for known, zh, en, _ in pages if known == name)
