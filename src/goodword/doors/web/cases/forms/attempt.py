"""A callback that reached nobody."""

from __future__ import annotations

from django import forms

from ...bilingual import Both
from .base import CaseForm


class AttemptForm(CaseForm):
    """A callback that reached nobody."""

    note = forms.CharField(label=Both("备注", "Note"), max_length=300, required=False)
