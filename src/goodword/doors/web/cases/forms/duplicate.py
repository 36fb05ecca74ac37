"""Which proposal is dismissed."""

from __future__ import annotations

from django import forms

from .base import CaseForm


class DuplicateForm(CaseForm):
    """Which proposal is dismissed."""

    proposal = forms.IntegerField(widget=forms.HiddenInput)
