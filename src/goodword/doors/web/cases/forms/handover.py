"""FB-3.2d: to whom, and whether the information is complete."""

from __future__ import annotations

from django import forms

from ...bilingual import Both
from .base import CaseForm, ColleagueField, DepartmentField, Words


class HandoverForm(CaseForm):
    """FB-3.2d: to whom, and whether the information is complete."""

    department = DepartmentField(label=Both("接收部门", "To the department"))
    assignee = ColleagueField(label=Both("接收人", "To the colleague"), required=False)
    complete = forms.BooleanField(label=Both("信息已核对齐全", "The information is complete"), required=False)
    note = Words(
        label=Both("说明", "Note"),
        required=False,
        help_text=Both("信息不全时必填", "Needed when something is missing"),
    )
