"""Who is called in, and why."""

from __future__ import annotations

from typing import Any

from django import forms

from goodword.base.people.roles import GROUPS, ROLES

from ...bilingual import Both
from ...templatetags.goodword_ui import is_english
from .base import CaseForm, Words


class EscalateForm(CaseForm):
    """Who is called in, and why."""

    to = forms.ChoiceField(label=Both("升级给", "To"))
    reason = Words(label=Both("原因", "Reason"))

    def prepare(self) -> None:
        """Heads, leads, executives and the standing groups."""
        side = 1 if is_english() else 0
        roles = [
            ROLES[code]
            for code in ("department_head", "service_lead", "deputy_general_manager", "general_manager")
        ]
        offered: list[Any] = [(role.code, role.en if side else role.zh) for role in roles]
        self.pick("to").choices = [*offered, *((code, names[side]) for code, names in GROUPS.items())]
