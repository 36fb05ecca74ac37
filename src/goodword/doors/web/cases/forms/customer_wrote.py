"""What the customer said or wrote elsewhere."""

from __future__ import annotations

from django import forms

from ...bilingual import Both
from .base import CaseForm, Words


class CustomerWroteForm(CaseForm):
    """What the customer said or wrote elsewhere."""

    text = Words(label=Both("客户原话", "The customer’s words"))
    channel = forms.ChoiceField(label=Both("渠道", "Channel"))

    def prepare(self) -> None:
        """The case's own channel first."""
        self.offer("channel", "channel")
        self.initial.setdefault("channel", self.case.channel)
