"""FB-4.1f: why it happened and who answers for it."""

from __future__ import annotations

from typing import Any

from django import forms

from ...bilingual import Both
from .base import CaseForm, DepartmentField, Words


class CauseForm(CaseForm):
    """FB-4.1f: why it happened and who answers for it."""

    cause = forms.ChoiceField(label=Both("起因", "Cause"))
    responsible_party = forms.ChoiceField(label=Both("责任方", "Responsible party"))
    department = DepartmentField(label=Both("责任部门", "Department"), required=False)
    note = Words(label=Both("认定说明", "Finding"))

    def prepare(self) -> None:
        """Catalogues, and what was found before in this round."""
        self.offer("cause", "cause")
        self.offer("responsible_party", "responsible_party")
        current = (
            self.case.rounds.filter(number=self.case.round_no)
            .select_related("responsible_department")
            .first()
        )
        if current is not None and current.cause:
            home = current.responsible_department
            before: dict[str, Any] = {"cause": current.cause, "responsible_party": current.responsible_party}
            self.initial = {
                **before,
                "note": current.cause_note,
                "department": home.code if home else "",
                **self.initial,
            }
        elif self.case.responsible:
            self.initial.setdefault("department", self.case.responsible.code)
