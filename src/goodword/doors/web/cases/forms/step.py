"""One step done."""

from __future__ import annotations

from django import forms

from ...bilingual import Both
from .base import CaseForm


class StepForm(CaseForm):
    """One step done."""

    step = forms.IntegerField(widget=forms.HiddenInput)
    proof = forms.CharField(label=Both("凭证", "Proof"), max_length=400, required=False)
