"""What the customer says to the solution."""

from __future__ import annotations

from django import forms

from ...bilingual import Both
from .base import CaseForm, Words

YES = "yes"


class AnswerForm(CaseForm):
    """What the customer says to the solution."""

    accepted = forms.TypedChoiceField(
        label=Both("客户意见", "The customer"),
        choices=[(YES, Both("接受方案", "accepts")), ("no", Both("不接受", "declines"))],
        coerce=lambda value: value == YES,
        widget=forms.RadioSelect,
    )
    note = Words(label=Both("客户怎么说", "In their words"), required=False, rows=2)
