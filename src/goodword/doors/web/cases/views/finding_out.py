"""Investigating: start, evidence, checks, statements, cause."""

from __future__ import annotations

from goodword.base.people.actors import Actor
from goodword.voice.cases import states as s
from goodword.voice.cases.actions import evidence, investigating
from goodword.voice.cases.models import Case

from ..ability import Ability, Possible, calls, reaches, within
from ..forms.base import CaseForm
from ..forms.finding_out import CauseForm, EvidenceForm, StaffStatementForm, TechnicalCheckForm
from .triage import UNDER_WORK


def helping(right: str) -> Possible:
    """Possible under work for whoever reaches the case, or works in a department asked for help with it."""
    reach = reaches(right)

    def possible(case: Case, actor: Actor) -> bool:
        if case.state not in UNDER_WORK:
            return False
        asked = case.helps.filter(state__in=("open", "answered")).values_list("department__code", flat=True)
        return reach(case, actor) or any(actor.has(right, department=code) for code in asked)

    return possible


START = Ability(
    name="investigation",
    zh="启动调查",
    en="Start investigating",
    icon="search",
    right="cases.investigate",
    possible=within(
        s.TRIAGED,
        s.INVESTIGATING,
        right="cases.investigate",
        also=lambda case: (
            not case.rounds.filter(number=case.round_no, investigation_started_at__isnull=False).exists()
        ),
    ),
    act=calls(investigating.start),
    leads=frozenset({s.TRIAGED, s.INVESTIGATING}),
    form=CaseForm,
    said=("已开始调查。", "The investigation has begun."),
)
EVIDENCE = Ability(
    name="evidence",
    zh="补充证据",
    en="Evidence",
    icon="file-text",
    right="cases.investigate",
    possible=helping("cases.investigate"),
    act=calls(evidence.add),
    form=EvidenceForm,
)
TECHNICAL_CHECK = Ability(
    name="technical-check",
    zh="技术检测",
    en="Technical check",
    icon="stethoscope",
    right="cases.guide",
    possible=helping("cases.guide"),
    act=calls(evidence.record_technical_check),
    form=TechnicalCheckForm,
)
STAFF_STATEMENT = Ability(
    name="staff-statement",
    zh="当事人说明",
    en="Staff statement",
    icon="user",
    right="cases.investigate",
    possible=helping("cases.investigate"),
    act=calls(evidence.record_staff_statement),
    form=StaffStatementForm,
)
CAUSE = Ability(
    name="cause",
    zh="认定原因",
    en="Cause",
    icon="target",
    right="cases.investigate",
    possible=within(
        s.INVESTIGATING,
        s.PROPOSED,
        right="cases.investigate",
        also=lambda case: case.rounds.filter(
            number=case.round_no, investigation_started_at__isnull=False
        ).exists(),
    ),
    act=calls(investigating.record_cause),
    form=CauseForm,
    leads=frozenset({s.INVESTIGATING}),
)
