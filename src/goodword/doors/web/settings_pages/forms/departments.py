"""A department, as it is renamed and given a head."""

from __future__ import annotations

from typing import Any

from django import forms

from goodword.base.people.models import Department

from ...bilingual import Both
from ...cases.forms.base import ColleagueField


class DepartmentForm(forms.Form):
    """A department's names and head."""

    name_zh = forms.CharField(label=Both("中文名", "Name in Chinese"), max_length=80)
    name_en = forms.CharField(label=Both("英文名", "Name in English"), max_length=80)
    head = ColleagueField(label=Both("负责人", "Head"), required=False)

    @classmethod
    def of(cls, department: Department, typed: Any = None) -> DepartmentForm:
        """The form of a department, as it stands or as it was typed."""
        there = {"name_zh": department.name_zh, "name_en": department.name_en, "head": department.head_id}
        return cls(typed, initial=there, auto_id=f"id_{department.code}_%s")
