"""Words for the customer; `anyway` is the second button of the phrase check (FB-4.2e)."""

from __future__ import annotations

from django import forms

from goodword.voice.cases import labels

from ...bilingual import Both, choices
from ...templatetags.goodword_ui import t
from .base import CaseForm, Words


class WrittenForm(CaseForm):
    """Words for the customer; `anyway` is the second button of the phrase check (FB-4.2e)."""

    text = Words(label=Both("对客户说", "To the customer"), rows=4)
    channel = forms.ChoiceField(label=Both("渠道", "Channel"), required=False)
    anyway = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def prepare(self) -> None:
        """The case's own channel first, also where the policy does not name it (the web form)."""
        pairs = choices(labels.catalogue("channel", on=self.day))
        if self.case.channel in dict(pairs):
            self.initial.setdefault("channel", self.case.channel)
        elif not self.fields["channel"].required:
            pairs = [("", t("客户来时的渠道", "As it came")), *pairs]
        self.pick("channel").choices = pairs
