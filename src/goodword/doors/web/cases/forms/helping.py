"""Departments working together, and the telephone."""

from __future__ import annotations

from typing import Any

from django import forms

from goodword.base.people.models import Department

from ...bilingual import Both
from ...templatetags.goodword_ui import is_english
from .base import CaseForm, ColleagueField, DepartmentField, Words


class DepartmentsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # its model is Department
    """Several departments, by code."""

    def __init__(self, **options: Any) -> None:
        there = Department.objects.filter(merged_into=None)
        super().__init__(queryset=there, to_field_name="code", widget=forms.CheckboxSelectMultiple, **options)

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name_en if is_english() else obj.name_zh)


class CoordinateForm(CaseForm):
    """FB-3.2e: one owner in customer service; each department is asked."""

    owner = ColleagueField(label=Both("牵头人", "Owner"), departments=("service",))
    departments = DepartmentsField(label=Both("协助部门", "Departments"))
    question = Words(label=Both("需要什么协助", "What help is needed"))


class AskHelpForm(CaseForm):
    """CS-3.2b: a department and a question."""

    department = DepartmentField(label=Both("部门", "Department"))
    question = Words(label=Both("需要什么协助", "What help is needed"))
    complex = forms.BooleanField(label=Both("复杂事项", "A complex matter"), required=False)


class AnswerHelpForm(CaseForm):
    """The answer of the department asked."""

    help = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label=Both("答复", "Answer"),
        choices=[("solution", Both("处理方案", "Solution")), ("progress", Both("进展", "Progress"))],
    )
    text = Words(label=Both("内容", "Words"), rows=2)


class WithdrawHelpForm(CaseForm):
    """Which request is taken back."""

    help = forms.UUIDField(widget=forms.HiddenInput)


class PhoneCallForm(CaseForm):
    """FB-3.2b: whether the head was reached."""

    task = forms.IntegerField(widget=forms.HiddenInput)
    reached = forms.TypedChoiceField(choices=[("yes", ""), ("no", "")], coerce=lambda value: value == "yes")
    note = forms.CharField(label=Both("备注", "Note"), max_length=200, required=False)
