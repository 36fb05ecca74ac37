"""Words for the customer; `anyway` is the second button of the phrase check (FB-4.2e)."""

from __future__ import annotations

from django import forms

from ...bilingual import Both
from ...templatetags.goodword_ui import t
from .base import CaseForm, Words


class WrittenForm(CaseForm):
    """Words for the customer; `anyway` is the second button of the phrase check (FB-4.2e)."""

    text = Words(label=Both("对客户说", "To the customer"), rows=4)
    channel = forms.ChoiceField(label=Both("渠道", "Channel"), required=False)
    anyway = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def prepare(self) -> None:
        """The case's own channel first, also where the policy does not name it (the web form)."""
        self.offer("channel", "channel")
        channel = self.pick("channel")
        offered = {code for code, _ in channel.choices}
        if self.case.channel in offered:
            self.initial.setdefault("channel", self.case.channel)
        elif not channel.required:
            channel.choices = [("", t("客户来时的渠道", "As it came")), *channel.choices]
