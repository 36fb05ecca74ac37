"""What the customer is waited for."""

from __future__ import annotations

from django import forms

from ...bilingual import Both
from .base import CaseForm


class WaitForm(CaseForm):
    """What the customer is waited for."""

    what = forms.CharField(label=Both("在等客户什么", "What is waited for"), max_length=200)
