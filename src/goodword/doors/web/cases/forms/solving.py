"""Solutions: put forward, decided, discussed, answered; and carried out."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms

from goodword.voice.cases import labels

from ...bilingual import Both, choices
from .base import CaseForm, ColleagueField, Moment, Words
from .talking import WrittenForm

STEPS = 4
YES = "yes"


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


class DecisionForm(CaseForm):
    """FB-4.2f: approve, or refuse with a reason."""

    approved = forms.TypedChoiceField(choices=[(YES, ""), ("no", "")], coerce=lambda value: value == YES)
    note = forms.CharField(label=Both("意见", "Note"), max_length=400, required=False)


class CommunicateForm(WrittenForm):
    """Through which channel the solution was discussed; the words, where it was written."""

    text = Words(label=Both("发给客户的话", "Words sent to the customer"), required=False)
    channel = forms.ChoiceField(label=Both("渠道", "Channel"))

    field_order = ("channel", "text")


class AnswerForm(CaseForm):
    """What the customer says to the solution."""

    accepted = forms.TypedChoiceField(
        label=Both("客户意见", "The customer"),
        choices=[(YES, Both("接受方案", "accepts")), ("no", Both("不接受", "declines"))],
        coerce=lambda value: value == YES,
        widget=forms.RadioSelect,
    )
    note = Words(label=Both("客户怎么说", "In their words"), required=False, rows=2)


class CarryingOutForm(CaseForm):
    """The steps: what, whose, until when; up to four at once."""

    def prepare(self) -> None:
        """One row of fields for each step."""
        for number in range(1, STEPS + 1):
            first = number == 1
            self.fields[f"what_{number}"] = forms.CharField(
                label=Both(f"第 {number} 步", f"Step {number}"), max_length=300, required=first
            )
            self.fields[f"owner_{number}"] = ColleagueField(label=Both("由谁", "By"), required=False)
            self.fields[f"due_at_{number}"] = Moment(label=Both("何时前", "Until"), required=False)
        solution = self.case.solutions.filter(answer="accepted", round_no=self.case.round_no).last()
        self.initial.setdefault("owner_1", self.case.assignee_id)
        if solution is not None:
            self.initial.setdefault("what_1", solution.what[:300])
            self.initial.setdefault("due_at_1", solution.deadline_at)

    def facts(self) -> dict[str, Any]:
        """The steps that have words."""
        typed = self.cleaned_data
        return {
            "steps": [
                {"what": typed[f"what_{n}"], "owner": typed[f"owner_{n}"], "due_at": typed[f"due_at_{n}"]}
                for n in range(1, STEPS + 1)
                if typed[f"what_{n}"].strip()
            ]
        }


class StepForm(CaseForm):
    """One step done."""

    step = forms.IntegerField(widget=forms.HiddenInput)
    proof = forms.CharField(label=Both("凭证", "Proof"), max_length=400, required=False)


class ProofForm(CaseForm):
    """What shows that it is done."""

    proof = Words(label=Both("完成凭证", "Proof"), required=False, rows=2)
