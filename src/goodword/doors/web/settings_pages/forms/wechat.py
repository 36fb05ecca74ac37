"""The official account's settings, and an order or device to make a code for."""

from __future__ import annotations

import re
from typing import Any

from django import forms

from goodword.company.channels.wechat.settings import COMPATIBLE, HOSTS, PLAIN, SAFE, Template, WeChat

from ...bilingual import Both
from .secrets import kept_secret

MODES = [
    (SAFE, Both("安全模式", "Safe mode")),
    (COMPATIBLE, Both("兼容模式", "Compatible mode")),
    (PLAIN, Both("明文模式", "Plain mode")),
]
KINDS = [
    ("", Both("不用模板", "No template")),
    ("template", Both("模板消息", "Template message")),
    ("subscription", Both("订阅通知", "Subscription message")),
]
MOST_LINES = 50
_LINE = re.compile(r"\s*([^\s=][^=]{0,63}?)\s*=\s*(.{1,600}?)\s*")


def pairs(text: str) -> dict[str, str]:
    """{name: words} of lines `name = words`. Raises ValidationError for a line that is none."""
    found: dict[str, str] = {}
    for line in filter(str.strip, text.splitlines()):
        match = _LINE.fullmatch(line)
        if match is None or len(found) >= MOST_LINES:
            raise forms.ValidationError(Both("一行一个：名称 = 文字", "One a line: name = words"))
        found[match[1]] = match[2]
    return found


class WeChatForm(forms.Form):
    """The whole setting; a secret left empty stays as it is."""

    appid = forms.CharField(label=Both("开发者 ID（AppID）", "AppID"), max_length=40)
    secret = kept_secret("开发者密码（AppSecret）", "AppSecret")
    token = kept_secret("令牌（Token）", "Token")
    aes_key = kept_secret("消息加解密密钥（EncodingAESKey）", "EncodingAESKey")
    mode = forms.ChoiceField(label=Both("消息加解密方式", "How posts are protected"), choices=MODES)
    api = forms.ChoiceField(label=Both("接口域名", "API host"), choices=[(one, one) for one in HOSTS])
    may_differ = forms.IntegerField(
        label=Both("时钟最多相差几秒", "Clocks may differ by, seconds"), min_value=30, max_value=3600
    )
    scene_hours = forms.IntegerField(
        label=Both("扫码后几小时内的话算作关于它", "A scanned code counts for, hours"),
        min_value=1,
        max_value=720,
    )
    replies = forms.CharField(
        label=Both("自动回复", "Said at once"),
        required=False,
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=Both(
            "一行一个：菜单键 = 文字；subscribe 是关注，scan 是扫码",
            "One a line: menu key = words; subscribe is a new follower, scan a scanned code",
        ),
    )
    template_kind = forms.ChoiceField(
        label=Both("超过 48 小时用", "After 48 hours"), choices=KINDS, required=False
    )
    template_id = forms.CharField(label=Both("模板编号", "Template’s number"), max_length=100, required=False)
    template_fields = forms.CharField(
        label=Both("模板字段", "Template’s fields"),
        required=False,
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=Both(
            "一行一个：thing1 = {text}；可用 {number}、{subject}、{text}、{time}",
            "One a line: thing1 = {text}; {number}, {subject}, {text}, {time} stand for the case’s",
        ),
    )

    def clean_replies(self) -> dict[str, str]:
        """{menu key or event: words}."""
        return pairs(self.cleaned_data["replies"])

    def clean_template_fields(self) -> dict[str, str]:
        """{field: words}."""
        return pairs(self.cleaned_data["template_fields"])

    @staticmethod
    def of(chosen: WeChat) -> dict[str, Any]:
        """What the form shows of the setting: no secret."""
        shown = {
            name: getattr(chosen, name) for name in ("appid", "mode", "api", "may_differ", "scene_hours")
        }
        return {
            **shown,
            "replies": _lines(chosen.replies),
            "template_kind": chosen.template.kind,
            "template_id": chosen.template.id,
            "template_fields": _lines(chosen.template.fields),
        }

    def chosen(self) -> WeChat:
        """What was typed."""
        typed = dict(self.cleaned_data)
        template = Template(*(typed.pop(f"template_{name}") for name in ("kind", "id", "fields")))
        return WeChat(**typed, template=template)


def _lines(named: Any) -> str:
    return "\n".join(f"{name} = {words}" for name, words in named.items())


class SceneForm(forms.Form):
    """What a code is to be about."""

    kind = forms.ChoiceField(
        label=Both("关于", "About"),
        choices=[("order", Both("订单", "An order")), ("device", Both("设备", "A device"))],
    )
    number = forms.CharField(label=Both("编号", "Number"), max_length=56)
