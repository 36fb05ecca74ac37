"""FB-3.2e: one owner in customer service; each department is asked."""

from __future__ import annotations

from typing import Any

from django import forms

from goodword.base.people.models import Department

from ...bilingual import Both
from ...templatetags.goodword_ui import is_english
from .base import CaseForm, ColleagueField, Words


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
