"""FB-4.2b: what, by when, how it is accepted, what it costs."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms

from goodword.voice.cases import labels

from ...bilingual import Both, choices
from .base import CaseForm, Moment, Words


class SolutionForm(CaseForm):
    """FB-4.2b: what, by when, how it is accepted, what it costs."""

    type = forms.ChoiceField(label=Both("方案类型", "Type"))
    what = Words(label=Both("做什么", "What is done"))
    deadline_at = Moment(label=Both("完成期限", "Done by"))
    acceptance = forms.CharField(label=Both("验收标准", "How it is accepted"), max_length=400)
    compensation_kind = forms.CharField(label=Both("补偿方式", "Compensation"), max_length=30, required=False)
    compensation_amount = forms.DecimalField(
        label=Both("补偿金额（元）", "Amount (CNY)"),
        max_digits=10,
        decimal_places=2,
        min_value=0,
        required=False,
    )

    def prepare(self) -> None:
        """The types the policy offers for this content."""
        entries = [
            one for one in labels.catalogue("solution", on=self.day) if self.case.content in one["contents"]
        ]
        self.pick("type").choices = choices(entries)

    def facts(self) -> dict[str, Any]:
        """No amount is nothing."""
        return {
            **self.cleaned_data,
            "compensation_amount": self.cleaned_data["compensation_amount"] or Decimal(0),
        }
