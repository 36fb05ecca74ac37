"""Staff statement: `/cases/<number>/staff-statement/`."""

from __future__ import annotations

from goodword.voice.cases.actions import evidence

from ..ability import Ability, calls
from ..conditions import helping
from ..forms.staff_statement import StaffStatementForm

ABILITY = Ability(
    name="staff-statement",
    zh="当事人说明",
    en="Staff statement",
    icon="user",
    right="cases.investigate",
    possible=helping("cases.investigate"),
    act=calls(evidence.record_staff_statement),
    form=StaffStatementForm,
)
