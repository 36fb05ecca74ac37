"""The settings' own navigation: what this person may decide."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from ..access import WebRequest
from ..templatetags.goodword_ui import t

TABS = (
    ("settings-people", "人员", "People", "people.manage"),
    ("settings-roles", "角色与权限", "Roles", "people.manage"),
    ("settings-groups", "常设小组", "Groups", "people.manage"),
    ("settings-departments", "部门", "Departments", "people.manage"),
    ("settings-rosters", "排班与代班", "Rosters", "people.roster"),
    ("settings-calendars", "工作日历", "Calendars", "people.roster"),
    ("settings-figures", "限额与话术", "Limits and wordings", "policy.propose"),
    ("settings-channels", "渠道公示", "Channels", "settings.edit"),
    ("settings-scripts", "话术", "Scripts", "scripts.edit"),
    ("settings-notices", "提醒", "Notices", "settings.edit"),
    ("settings-ways", "通知方式", "Ways to staff", "settings.edit"),
    ("settings-webhooks", "事件推送", "Webhooks", "settings.edit"),
    ("settings-hotline", "热线", "Hotline", "settings.edit"),
    ("settings-app", "在线咨询", "Chat", "settings.edit"),
    ("settings-mailboxes", "邮箱", "Mailboxes", "settings.edit"),
    ("settings-wechat", "微信", "WeChat", "settings.edit"),
    ("settings-wecom", "微信客服", "WeCom", "settings.edit"),
    ("settings-company", "公司", "Company", "settings.edit"),
    ("settings-tokens", "接口令牌", "Tokens", "tokens.manage"),
    ("case-views", "工单视图", "Views", "cases.share_views"),
)


def tabs(request: WebRequest, here: str) -> list[dict[str, Any]]:
    """The tabs this person holds a right for; `here` is the name of the page shown."""
    return [
        {"url": reverse(f"web:{name}"), "label": t(zh, en), "current": name == here}
        for name, zh, en, right in TABS
        if request.actor.has(right)
    ]
