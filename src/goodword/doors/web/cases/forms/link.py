"""Another case and how it is related."""

from __future__ import annotations

from django import forms

from ...bilingual import Both
from .other_case import OtherCaseForm


class LinkForm(OtherCaseForm):
    """Another case and how it is related."""

    relation = forms.ChoiceField(
        label=Both("关系", "Relation"),
        choices=[
            ("related", Both("相关", "Related")),
            ("follows", Both("本单是其后续", "This one follows it")),
            ("same_cause", Both("同一起因", "Same cause")),
        ],
    )
