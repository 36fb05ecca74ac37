"""Adopt, later or no, with the reason."""

from __future__ import annotations

from django import forms

from ...bilingual import Both
from .base import CaseForm, Words


class AssessForm(CaseForm):
    """Adopt, later or no, with the reason."""

    verdict = forms.ChoiceField(
        label=Both("结论", "Verdict"),
        choices=[
            ("adopt", Both("采纳", "Adopt")),
            ("later", Both("以后再议", "Later")),
            ("no", Both("不采纳", "No")),
        ],
        widget=forms.RadioSelect,
    )
    reason = Words(label=Both("理由", "Reason"))
    told = forms.BooleanField(
        label=Both("把理由作为答复发给客户", "Send the reason to the customer as the answer"),
        required=False,
        initial=True,
    )
    anyway = forms.BooleanField(required=False, widget=forms.HiddenInput)
