"""FB-3.2b: whether the head was reached."""

from __future__ import annotations

from django import forms

from ...bilingual import Both
from .base import CaseForm


class PhoneCallForm(CaseForm):
    """FB-3.2b: whether the head was reached."""

    task = forms.IntegerField(widget=forms.HiddenInput)
    reached = forms.TypedChoiceField(choices=[("yes", ""), ("no", "")], coerce=lambda value: value == "yes")
    note = forms.CharField(label=Both("备注", "Note"), max_length=200, required=False)
