"""Another department or person, without a handover's questions."""

from __future__ import annotations

from ...bilingual import Both
from .base import CaseForm, ColleagueField, DepartmentField


class DispatchForm(CaseForm):
    """Another department or person, without a handover's questions."""

    department = DepartmentField(label=Both("责任部门", "Department"))
    assignee = ColleagueField(label=Both("经办人", "Assignee"), required=False)

    def prepare(self) -> None:
        """Begin with where it is."""
        if self.case.responsible:
            self.initial.setdefault("department", self.case.responsible.code)
