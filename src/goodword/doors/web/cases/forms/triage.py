"""What it is, how grave, whose it is; first filled with what the reader proposes."""

from __future__ import annotations

from typing import Any

from django import forms

from goodword.voice.cases import labels
from goodword.voice.cases.queries.proposals import home_of

from ...bilingual import Both, choices
from .base import CaseForm, ColleagueField, DepartmentField

LABELS = ("kind", "content", "subclass", "severity", "device_type", "stage", "sentiment")


def proposed(case: Any) -> dict[str, str]:
    """The form's first values: the case's labels, else what the reader proposes."""
    found = {}
    for name in LABELS:
        value = getattr(case, name) or (case.proposal.get(name) or {}).get("label") or ""
        if value:
            found[name] = value
    if "subclass" in found:
        found["subclass"] = f"{found.get('content', '')}:{found['subclass']}"
    return found


class TriageForm(CaseForm):
    """What it is, how grave, whose it is; first filled with what the reader proposes."""

    kind = forms.ChoiceField(label=Both("性质", "Kind"))
    severity = forms.ChoiceField(label=Both("严重程度", "Severity"))
    content = forms.ChoiceField(label=Both("内容类别", "Content"))
    subclass = forms.ChoiceField(label=Both("细类", "Sub-class"), required=False)
    device_type = forms.ChoiceField(label=Both("设备类型", "Device type"), required=False)
    stage = forms.ChoiceField(label=Both("所处环节", "Stage"), required=False)
    sentiment = forms.ChoiceField(label=Both("情绪", "Mood"), required=False)
    department = DepartmentField(label=Both("责任部门", "Department"))
    assignee = ColleagueField(
        label=Both("经办人", "Assignee"),
        required=False,
        help_text=Both(
            "不选则由系统派给在岗且手上最少的人", "Left open: who is on duty with the least to do"
        ),
    )

    def prepare(self) -> None:
        """Catalogues of the day; first values from the case's labels, else from the proposal."""
        for name in ("kind", "severity", "content"):
            self.offer(name, name, empty=True)
        for name in ("device_type", "stage", "sentiment"):
            self.offer(name, name, empty=True)
        self.pick("subclass").choices = self._subclasses()
        for name, value in proposed(self.case).items():
            self.initial.setdefault(name, value)
        content, subclass = self.initial.get("content"), self.initial.get("subclass", "")
        if content or self.case.came_to_id:
            self.initial.setdefault("department", self._department(content or "", subclass))

    def facts(self) -> dict[str, Any]:
        """A sub-class of another content is no sub-class."""
        typed = super().facts()
        content, _, subclass = typed["subclass"].partition(":")
        typed["subclass"] = subclass if content == typed["content"] else ""
        return typed

    def _subclasses(self) -> list[Any]:
        grouped = [
            (name, [(f"{code}:{sub}", words) for sub, words in choices(labels.subclasses(code, on=self.day))])
            for code, name in choices(labels.catalogue("content", on=self.day))
        ]
        return [("", "—"), *grouped]

    def _department(self, content: str, subclass: str) -> str:
        if self.case.responsible:
            return self.case.responsible.code
        return home_of(self.case, content=content, subclass=subclass.partition(":")[2], on=self.day).code
