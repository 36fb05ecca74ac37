"""Obligations shown with why they run."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from goodword.engine.obligations.models import Obligation
from goodword.engine.policy.queries import all_clauses
from goodword.voice.cases.models import Case, Help

from ..schemas.obligations import ObligationOut, WhyOut
from .people import person


def obligations(rows: Iterable[Obligation]) -> list[ObligationOut]:
    """Each obligation with its why and, where it is about a case, the case's number. Two queries beside `rows`."""
    shown = list(rows)
    numbers = _case_numbers(shown)
    return [_obligation(row, numbers.get((row.subject_type, row.subject_id))) for row in shown]


def _case_numbers(rows: list[Obligation]) -> dict[tuple[str, str], int]:
    ids: dict[str, set[UUID]] = {"case": set(), "help": set()}
    for row in rows:
        if row.subject_type in ids:
            ids[row.subject_type].add(UUID(row.subject_id))
    cases = Case.objects.filter(pk__in=ids["case"]).values_list("pk", "number")
    helps = Help.objects.filter(pk__in=ids["help"]).values_list("pk", "case__number")
    found = {("case", str(key)): number for key, number in cases}
    return found | {("help", str(key)): number for key, number in helps}


def _obligation(row: Obligation, case: int | None) -> ObligationOut:
    return ObligationOut(
        id=row.pk,
        clause=row.clause_id,
        subject_type=row.subject_type,
        subject_id=row.subject_id,
        case=case,
        round=row.round_no,
        state=row.state,
        late=row.is_late,
        paused=row.is_paused,
        provisional=row.provisional,
        level=row.level,
        bearer_role=row.bearer_role,
        bearer_department=row.bearer_department,
        bearer=person(row.bearer_account),
        started_at=row.started_at,
        warn_at=row.warn_at,
        due_at=row.due_at,
        ended_at=row.ended_at,
        used_for=row.used_for,
        why=_why(row),
    )


def _why(row: Obligation) -> WhyOut:
    clause = all_clauses()[row.clause_id]
    return WhyOut(
        cite=clause.cite,
        title_zh=clause.title.zh,
        title_en=clause.title.en,
        allowance=f"{row.amount} {row.unit}",
        edition=row.edition,
        started_by=row.started_by.kind,
        started_by_entry=row.started_by_id,
    )
