"""The steps: what, whose, until when; up to four at once."""

from __future__ import annotations

from typing import Any

from django import forms

from ...bilingual import Both
from .base import CaseForm, ColleagueField, Moment

STEPS = 4


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
