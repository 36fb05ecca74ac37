"""A script's words."""

from __future__ import annotations

from typing import Any

from django import forms

from goodword.company.knowledge.actions.writing import KEY, LIMITS, LONGEST, Words
from goodword.company.knowledge.models import ScriptVersion

from ...bilingual import Both


class ScriptForm(forms.Form):
    """When it is said, its title, its words in Chinese and, where wanted, in English."""

    situation = forms.CharField(
        label=Both("情形", "Situation"),
        max_length=60,
        help_text=Both("同一情形的话术排在一起", "Scripts of one situation stand together"),
        widget=forms.TextInput(attrs={"list": "situations", "autocomplete": "off"}),
    )
    title = forms.CharField(
        label=Both("标题", "Title"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    situation_en = forms.CharField(
        label=Both("情形（英文）", "Situation in English"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    title_en = forms.CharField(
        label=Both("标题（英文）", "Title in English"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    text = forms.CharField(
        label=Both("话术", "Words"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 5})
    )
    text_en = forms.CharField(
        label=Both("英文", "Words in English"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def words(self) -> Words:
        """What the action takes."""
        typed = self.cleaned_data
        return Words(**{name: typed[name] for name in LIMITS})

    @staticmethod
    def first_values(version: ScriptVersion) -> dict[str, Any]:
        """The form as a version has it."""
        return {name: getattr(version, name) for name in LIMITS}


class NewScriptForm(ScriptForm):
    """A new one, with the key it is found by."""

    key = forms.RegexField(
        KEY,
        label=Both("短键", "Key"),
        max_length=40,
        help_text=Both("在回复框里输入 / 和它的开头", "In the reply box: / and how it begins"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    field_order = ("key", *LIMITS)
