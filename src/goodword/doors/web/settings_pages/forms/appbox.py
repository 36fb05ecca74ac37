"""The chat: open or not, on which sites, when people answer and what is told when they do not."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from goodword.base.worktime.models import WorkCalendar
from goodword.wiring.administration import appbox

from ...bilingual import Both
from ...templatetags.goodword_ui import t, typed

_BETWEEN = re.compile(r"[\s,，、;；]+")


class AppForm(forms.Form):
    """The chat's settings."""

    is_open = forms.BooleanField(label=Both("开放在线咨询", "The chat is open"), required=False)
    origins = forms.CharField(
        label=Both("可以嵌入的网站", "Sites that may embed it"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3, "placeholder": "https://www.example.com"}),
        help_text=Both(
            "一行一个，只写到域名；不填则只能在自己的页面上打开。",
            "One a line, up to the host; empty: it opens on its own page alone.",
        ),
    )
    calendar = forms.ChoiceField(label=Both("按哪个日历有人应答", "Answered in the hours of"))
    away_zh = forms.CharField(
        label=Both("无人时告诉客户（中文）", "Told when nobody is there, in Chinese"),
        max_length=appbox.MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    away_en = forms.CharField(
        label=Both("无人时告诉客户（英文）", "Told when nobody is there, in English"),
        max_length=appbox.MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    keeps_for = forms.IntegerField(
        label=Both("对话在客户浏览器里保留几天", "Days a browser keeps its conversation"),
        min_value=appbox.LEAST_DAYS,
        max_value=appbox.MOST_DAYS,
    )
    may_differ = forms.IntegerField(
        label=Both("应用的时钟最多相差几秒", "The app’s clock may differ by, seconds"),
        min_value=appbox.LEAST_DIFFER,
        max_value=appbox.MOST_DIFFER,
    )

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        calendar = self.fields["calendar"]
        assert isinstance(calendar, forms.ChoiceField)
        calendar.choices = [
            (one.code, typed(one.name_zh, one.name_en)) for one in WorkCalendar.objects.order_by("code")
        ]

    def clean_origins(self) -> tuple[str, ...]:
        """The sites, each once; names the first line that is none."""
        found: list[str] = []
        for line in _BETWEEN.split(self.cleaned_data["origins"].strip()):
            if not line:
                continue
            origin = appbox.origin_of(line)
            if not origin:
                raise ValidationError(
                    t("应以 https:// 开头：{line}", "It should begin with https://: {line}", line=line[:80])
                )
            found.append(origin)
        return tuple(dict.fromkeys(found))
