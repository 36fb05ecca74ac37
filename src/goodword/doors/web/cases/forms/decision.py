"""FB-4.2f: approve, or refuse with a reason."""

from __future__ import annotations

from django import forms

from ...bilingual import Both
from .base import CaseForm

YES = "yes"


class DecisionForm(CaseForm):
    """FB-4.2f: approve, or refuse with a reason."""

    approved = forms.TypedChoiceField(choices=[(YES, ""), ("no", "")], coerce=lambda value: value == YES)
    note = forms.CharField(label=Both("意见", "Note"), max_length=400, required=False)
