"""The hotline's numbers and clock, and one colleague's extension."""

from __future__ import annotations

import re

from django import forms

from ...bilingual import Both
from ...cases.forms.base import ColleagueField

_BETWEEN = re.compile(r"[\s,，、;；]+")


class HotlineForm(forms.Form):
    """Which numbers are the hotline, and how far the call centre's clock may be from ours."""

    numbers = forms.CharField(
        label=Both("算作热线的号码", "Numbers that are the hotline"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=Both("一行一个；不填则所有来电都算。", "One a line; empty: every incoming call counts."),
    )
    may_differ = forms.IntegerField(
        label=Both("时钟最多相差几秒", "Clocks may differ by, seconds"), min_value=30, max_value=3600
    )

    def clean_numbers(self) -> tuple[str, ...]:
        """The numbers, as they were typed, each once."""
        typed = _BETWEEN.split(self.cleaned_data["numbers"].strip())
        return tuple(dict.fromkeys(one[:40] for one in typed if one))


class ExtensionForm(forms.Form):
    """Whose telephone it is."""

    account = ColleagueField(label=Both("同事", "Colleague"))
    extension = forms.CharField(label=Both("分机", "Extension"), max_length=40, required=False)
