"""A telephone call to the customer."""

from __future__ import annotations

from django import forms

from ...bilingual import Both
from .base import CaseForm, Words


class CallForm(CaseForm):
    """A telephone call to the customer."""

    reached = forms.TypedChoiceField(
        label=Both("结果", "Result"),
        choices=[("yes", Both("已接通", "Reached")), ("no", Both("未接通", "Not reached"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        initial="yes",
    )
    first_proposal = Words(
        label=Both("电话里给出的初步方案", "First proposal made in the call"), required=False, rows=2
    )
    note = Words(label=Both("通话记录", "Note"), required=False, rows=2)
