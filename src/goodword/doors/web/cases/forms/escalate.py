"""Who is called in, and why."""

from __future__ import annotations

from typing import Any

from django import forms

from goodword.base.language.script import chosen
from goodword.base.people.roles import GROUPS, ROLES

from ...bilingual import Both
from .base import CaseForm, Words


class EscalateForm(CaseForm):
    """Who is called in, and why."""

    to = forms.ChoiceField(label=Both("升级给", "To"))
    reason = Words(label=Both("原因", "Reason"))

    def prepare(self) -> None:
        """Heads, leads, executives and the standing groups."""
        roles = [
            ROLES[code]
            for code in ("department_head", "service_lead", "deputy_general_manager", "general_manager")
        ]
        offered: list[Any] = [(role.code, chosen(role.zh, role.en)) for role in roles]
        self.pick("to").choices = [*offered, *((code, chosen(*names[:2])) for code, names in GROUPS.items())]
