"""The answer of the department asked."""

from __future__ import annotations

from django import forms

from ...bilingual import Both
from .base import CaseForm, Words


class AnswerHelpForm(CaseForm):
    """The answer of the department asked."""

    help = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label=Both("答复", "Answer"),
        choices=[("solution", Both("处理方案", "Solution")), ("progress", Both("进展", "Progress"))],
    )
    text = Words(label=Both("内容", "Words"), rows=2)
