"""How a channel is reached; where the channel notice was put."""

from __future__ import annotations

from typing import Any

from django import forms

from goodword.base.language.text import tidy
from goodword.company.channels.notice import Line

from ...bilingual import Both


class ChannelForm(forms.Form):
    """One channel, as customers read it."""

    is_open = forms.BooleanField(label=Both("对客户开放", "Open to customers"), required=False)
    shown = forms.CharField(
        label=Both("怎么联系", "How it is reached"),
        max_length=120,
        required=False,
        help_text=Both("号码、邮箱、公众号名称或地点", "A number, mailbox, account’s name or place"),
    )
    note_zh = forms.CharField(label=Both("说明（中文）", "Note in Chinese"), max_length=200, required=False)
    note_en = forms.CharField(label=Both("说明（英文）", "Note in English"), max_length=200, required=False)
    link = forms.CharField(
        label=Both("二维码通向", "The code leads to"),
        max_length=400,
        required=False,
        help_text=Both(
            "https://、tel: 或 mailto:；空着则不印二维码",
            "https://, tel: or mailto:; left empty, no code is printed",
        ),
    )

    def line(self, known: Line) -> Line:
        """What was typed, as the channel's line."""
        typed: dict[str, Any] = self.cleaned_data
        words = {name: tidy(typed[name]).strip() for name in ("shown", "note_zh", "note_en", "link")}
        return Line(known.code, known.zh, known.en, is_open=typed["is_open"], **words)


class PublishedForm(forms.Form):
    """That the notice stands somewhere now."""

    reference = forms.CharField(
        label=Both("凭据", "Where exactly"),
        max_length=200,
        required=False,
        help_text=Both(
            "例如合同版本号或网页地址", "Such as the contract’s form number or the page’s address"
        ),
    )
    version = forms.CharField(max_length=12, widget=forms.HiddenInput)
