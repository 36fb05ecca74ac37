"""An answer to the customer and what it is for."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from goodword.base.core.asking import asked_often
from goodword.base.language.script import chosen
from goodword.company.knowledge.models import ScriptVersion
from goodword.company.knowledge.queries import version_in_use
from goodword.company.knowledge.variables import left_in
from goodword.voice.cases.actions.replying import PURPOSES
from goodword.voice.cases.models import Message

from ...bilingual import Both
from ...templatetags.goodword_ui import t
from .upload import beside_words
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
    attached = beside_words()
    script = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    field_order = ("text", "purpose", "channel")

    def prepare(self) -> None:
        """First response until somebody answered, progress afterwards."""
        super().prepare()
        self.pick("purpose").choices = [(code, chosen(*PURPOSE_WORDS[code])) for code in PURPOSES]
        answered = bool(_answers(self.case.pk))
        self.initial.setdefault("purpose", "progress" if answered else "first_response")

    def clean_text(self) -> str:
        """The words, in which no variable of a script is left that nobody filled in."""
        text: str = self.cleaned_data["text"]
        if left := left_in(text):
            raise ValidationError(
                t("还有没填的：{names}", "Still to be filled in: {names}", names="、".join(left))
            )
        return text

    def clean_script(self) -> ScriptVersion | None:
        """The version the words were made from; None for none, and for one that is not in use any more."""
        chosen = self.cleaned_data["script"]
        return version_in_use(chosen) if chosen else None


@asked_often
def _answers(case: UUID) -> QuerySet[Message, tuple[Any, ...]]:
    return Message.objects.filter(case=case, direction="out", automatic=False).values_list("pk")[:1]
