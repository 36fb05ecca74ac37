"""An answer to the customer and what it is for."""

from __future__ import annotations

from django import forms

from goodword.voice.cases.actions.replying import PURPOSES

from ...bilingual import Both
from ...templatetags.goodword_ui import is_english
from .written import WrittenForm

PURPOSE_WORDS = {
    "first_response": ("首次响应", "First response"),
    "answer": ("答复", "Answer"),
    "opinion": ("初步意见", "First opinion"),
    "progress": ("进展", "Progress"),
    "other": ("其他", "Other"),
}


class ReplyForm(WrittenForm):
    """An answer to the customer and what it is for."""

    purpose = forms.ChoiceField(label=Both("目的", "Purpose"))

    field_order = ("text", "purpose", "channel")

    def prepare(self) -> None:
        """First response until somebody answered, progress afterwards."""
        super().prepare()
        side = 1 if is_english() else 0
        self.pick("purpose").choices = [(code, PURPOSE_WORDS[code][side]) for code in PURPOSES]
        answered = self.case.messages.filter(direction="out", automatic=False).exists()
        self.initial.setdefault("purpose", "progress" if answered else "first_response")
