"""Another case, by its number."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError

from goodword.base.core.errors import NotFound
from goodword.voice.cases.models import Case
from goodword.voice.cases.queries import listing

from ...bilingual import Both
from ...templatetags.goodword_ui import t
from .base import CaseForm


class OtherCaseForm(CaseForm):
    """Another case, by its number."""

    other = forms.IntegerField(label=Both("工单号", "Case number"), min_value=1)

    def clean_other(self) -> Case:
        """The case, if the person may see it."""
        try:
            return listing.get(self.actor, self.cleaned_data["other"])
        except NotFound:
            raise ValidationError(t("没有这个工单。", "There is no such case.")) from None
