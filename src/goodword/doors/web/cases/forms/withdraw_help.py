"""Which request is taken back."""

from __future__ import annotations

from django import forms

from .base import CaseForm


class WithdrawHelpForm(CaseForm):
    """Which request is taken back."""

    help = forms.UUIDField(widget=forms.HiddenInput)
