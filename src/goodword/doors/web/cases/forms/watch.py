"""Begin or stop watching."""

from __future__ import annotations

from django import forms

from .base import CaseForm


class WatchForm(CaseForm):
    """Begin or stop watching."""

    watching = forms.TypedChoiceField(
        choices=[("yes", ""), ("no", "")], coerce=lambda value: value == "yes", widget=forms.HiddenInput
    )

    def prepare(self) -> None:
        """The opposite of what is."""
        mine = self.actor.account_id in self.case.watchers.values_list("account_id", flat=True)
        self.initial.setdefault("watching", "no" if mine else "yes")
