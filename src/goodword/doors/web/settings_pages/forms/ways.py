"""Robots, apps, and the names colleagues have on other platforms."""

from __future__ import annotations

from typing import Any

from django import forms

from goodword.company.channels.robots.models import PLATFORMS
from goodword.company.channels.staff import STAFF_WAYS

from ...bilingual import Both
from ...cases.forms.base import ColleagueField, DepartmentField

NAMES = {"wecom": "WeCom", "dingtalk": "DingTalk", "feishu": "Feishu"}


def _platforms() -> list[tuple[str, Any]]:
    return [(code, Both(zh, NAMES[code])) for code, zh in PLATFORMS]


def _secret(label: Both, help_text: Both, *, required: bool = False) -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": "off"})
    return forms.CharField(label=label, help_text=help_text, max_length=400, required=required, widget=widget)


class RobotForm(forms.Form):
    """A robot in a group."""

    platform = forms.ChoiceField(label=Both("平台", "Platform"), choices=_platforms)
    name = forms.CharField(label=Both("群名", "Group"), max_length=80)
    address = _secret(
        Both("机器人地址", "Robot’s address"),
        Both("含密钥，保存后不再显示", "It holds a key and is not shown again"),
        required=True,
    )
    secret = _secret(Both("加签密钥", "Signing secret"), Both("钉钉、飞书用", "DingTalk and Feishu"))
    department = DepartmentField(
        label=Both("只发这个部门的提醒", "Only what this department is told"), required=False
    )
    ordinary = forms.BooleanField(label=Both("不急的也发", "What is not urgent too"), required=False)
    private = forms.BooleanField(
        label=Both("地址在本公司内网", "The address is in our own network"), required=False
    )


class AppForm(forms.Form):
    """The company's app on a platform."""

    platform = forms.ChoiceField(label=Both("平台", "Platform"), choices=_platforms)
    corp = forms.CharField(
        label=Both("企业或应用编号", "Company’s or app’s id"),
        max_length=120,
        help_text=Both("CorpID、AppKey 或 App ID", "CorpID, AppKey or App ID"),
    )
    agent = forms.CharField(
        label=Both("AgentId", "AgentId"),
        max_length=40,
        required=False,
        help_text=Both("飞书不用填", "Not with Feishu"),
    )
    secret = _secret(
        Both("应用密钥", "Secret"), Both("留空则不变；保存后不再显示", "Empty: as it is; not shown again")
    )
    base = forms.CharField(
        label=Both("接口地址", "Address"),
        max_length=200,
        required=False,
        help_text=Both("留空用平台的", "Empty: the platform’s"),
    )
    is_on = forms.BooleanField(label=Both("启用", "On"), required=False, initial=True)
    private = forms.BooleanField(
        label=Both("地址在本公司内网", "The address is in our own network"), required=False
    )

    def clean_agent(self) -> str:
        """WeCom's and DingTalk's are numbers."""
        typed: str = self.cleaned_data["agent"].strip()
        if typed and not (typed.isascii() and typed.isdecimal()):
            raise forms.ValidationError(Both("应是数字", "A number"))
        return typed


class AddressForm(forms.Form):
    """Who a colleague is there; an empty name takes it away."""

    account = ColleagueField(label=Both("同事", "Colleague"))
    way = forms.ChoiceField(
        label=Both("方式", "Way"),
        choices=lambda: [(way.code, Both(way.zh, way.en)) for way in STAFF_WAYS.values()],
    )
    address = forms.CharField(
        label=Both("在那里的账号", "Name there"),
        max_length=120,
        required=False,
        help_text=Both("平台的用户编号；留空则去掉", "The platform’s user id; empty takes it away"),
    )
