"""A call written down by hand."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms

from ..bilingual import Both
from ..cases.forms.base import Moment


class CallForm(forms.Form):
    """Which way, with whom, when, how it ended; the seconds it rang where somebody counted."""

    direction = forms.ChoiceField(
        label=Both("方向", "Direction"), choices=[("in", Both("呼入", "In")), ("out", Both("呼出", "Out"))]
    )
    number = forms.CharField(
        label=Both("对方号码", "Their number"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    began_at = Moment(label=Both("何时响起", "When it rang"))
    answered = forms.ChoiceField(
        label=Both("结果", "It was"),
        choices=[("yes", Both("已接通", "Answered")), ("no", Both("未接", "Missed"))],
    )
    rang_for = forms.IntegerField(
        label=Both("响了几秒", "Rang for, seconds"),
        required=False,
        min_value=0,
        max_value=600,
        help_text=Both("没有数就空着。", "Leave it empty if nobody counted."),
    )

    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        typed = self.cleaned_data
        began_at: datetime = typed["began_at"]
        return {
            "direction": typed["direction"],
            "number": typed["number"],
            "began_at": began_at,
            "answered": typed["answered"] == "yes",
            "rang_for": typed["rang_for"],
        }
