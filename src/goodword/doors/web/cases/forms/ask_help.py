"""CS-3.2b: a department and a question."""

from __future__ import annotations

from django import forms

from ...bilingual import Both
from .base import CaseForm, DepartmentField, Words


class AskHelpForm(CaseForm):
    """CS-3.2b: a department and a question."""

    department = DepartmentField(label=Both("部门", "Department"))
    question = Words(label=Both("需要什么协助", "What help is needed"))
    complex = forms.BooleanField(label=Both("复杂事项", "A complex matter"), required=False)
