"""What a case is, said by somebody who does not see what the software made of it (FB-3.2c)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from goodword.voice.cases import labels

from ...bilingual import Both, choices


class CheckForm(forms.Form):
    """The labels a case is dispatched by, and the mood; every choice begins empty."""

    number = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    kind = forms.ChoiceField(label=Both("性质", "Kind"))
    severity = forms.ChoiceField(label=Both("严重程度", "Severity"))
    content = forms.ChoiceField(label=Both("内容类别", "Content"))
    sentiment = forms.ChoiceField(label=Both("情绪", "Mood"), required=False)

    def __init__(self, *arguments: Any, day: date, **options: Any) -> None:
        super().__init__(*arguments, **options)
        for name in ("kind", "severity", "content", "sentiment"):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices(labels.catalogue(name, on=day), empty=True)
