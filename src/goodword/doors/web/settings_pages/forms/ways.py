"""Robots, apps, and the names colleagues have on other platforms."""

from __future__ import annotations

from typing import Any

from django import forms

from goodword.company.channels.carriers.models import PROVIDERS, USES
from goodword.company.channels.robots.models import PLATFORMS
from goodword.company.channels.staff import STAFF_WAYS

from ...bilingual import Both
from ...cases.forms.base import ColleagueField, DepartmentField

USE_NAMES = {"sms": "SMS", "voice": "Voice call"}
PROVIDER_NAMES = {"aliyun": "Alibaba Cloud", "tencent": "Tencent Cloud", "http": "Our own gateway"}
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


class CarrierForm(forms.Form):
    """Who carries text messages, or voice calls."""

    use = forms.ChoiceField(
        label=Both("用途", "What for"), choices=lambda: [(c, Both(zh, USE_NAMES[c])) for c, zh in USES]
    )
    provider = forms.ChoiceField(
        label=Both("服务商", "Provider"),
        choices=lambda: [(c, Both(zh, PROVIDER_NAMES[c])) for c, zh in PROVIDERS],
    )
    key_id = forms.CharField(
        label=Both("密钥编号", "Access key id"),
        max_length=120,
        required=False,
        help_text=Both("AccessKeyId 或 SecretId", "AccessKeyId or SecretId"),
    )
    secret = _secret(
        Both("密钥", "Secret"), Both("留空则不变；保存后不再显示", "Empty: as it is; not shown again")
    )
    sender = forms.CharField(
        label=Both("应用编号或显示号码", "App id or number shown"),
        max_length=40,
        required=False,
        help_text=Both(
            "腾讯云的 SdkAppId；阿里云语音的被叫显号", "Tencent’s SdkAppId; the number Alibaba’s calls show"
        ),
    )
    signature = forms.CharField(label=Both("短信签名", "Signature of texts"), max_length=40, required=False)
    template = forms.CharField(label=Both("模板编号", "Template’s code"), max_length=40, required=False)
    variables = forms.CharField(
        label=Both("模板变量", "Template’s variables"),
        max_length=120,
        required=False,
        initial="title",
        help_text=Both("按顺序用逗号隔开：title、clause、path", "In order, with commas: title, clause, path"),
    )
    region = forms.CharField(
        label=Both("地域", "Region"), max_length=40, required=False, help_text=Both("腾讯云用", "Tencent’s")
    )
    base = forms.CharField(
        label=Both("接口地址", "Address"),
        max_length=200,
        required=False,
        help_text=Both("留空用服务商的", "Empty: the provider’s"),
    )
    is_on = forms.BooleanField(label=Both("启用", "On"), required=False, initial=True)
    private = forms.BooleanField(
        label=Both("地址在本公司内网", "The address is in our own network"), required=False
    )


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
        help_text=Both(
            "平台的用户编号；短信和语音填手机号；留空则去掉",
            "The platform’s user id, the mobile number for SMS and calls; empty takes it away",
        ),
    )
