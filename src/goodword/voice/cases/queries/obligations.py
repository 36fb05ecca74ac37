"""What cases owe just now."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from goodword.base.core.by_hand import moment_found, uuid_found
from goodword.engine.obligations.models import Obligation

from ..models import Case


def next_due(case_ids: Iterable[UUID]) -> dict[UUID, Obligation]:
    """The tightest open obligation of each case, by case id; cases that owe nothing are left out. One query.

    A running clock leads before one that stands still; then the earlier due time.
    """
    wanted = {str(pk): pk for pk in case_ids}
    if not wanted:
        return {}
    tightest: dict[UUID, Obligation] = {}
    for obligation in (
        _open().filter(subject_type="case", subject_id__in=list(wanted)).order_by("due_at", "pk")
    ):
        case_id = wanted[obligation.subject_id]
        there = tightest.get(case_id)
        if there is None or (there.is_paused and not obligation.is_paused):
            tightest[case_id] = obligation
    return tightest


class Pressing(NamedTuple):
    """What a list shows of a case's tightest open obligation."""

    pk: UUID
    clause_id: str
    due_at: datetime
    is_late: bool


PRESSING = (
    "SELECT subject_id, id, clause_id, due_at, breached_at IS NOT NULL, pauses FROM obligations_obligation "
    "WHERE state = 'open' AND subject_type = 'case' AND subject_id IN ({}) ORDER BY due_at, id"
)


def pressing(case_ids: Iterable[UUID]) -> dict[UUID, Pressing]:
    """`next_due` for lists: the same choice, without the rows. By hand, as every answer about a case asks it."""
    wanted = {str(pk): pk for pk in case_ids}
    if not wanted:
        return {}
    tightest: dict[UUID, tuple[bool, Pressing]] = {}
    with connection.cursor() as cursor:
        # nosemgrep: sql-from-pieces - one more placeholder for each id, nothing else
        cursor.execute(PRESSING.format(", ".join(["%s"] * len(wanted))), list(wanted))
        for subject_id, pk, clause_id, due_at, is_late, pauses in cursor.fetchall():
            spans = json.loads(pauses)
            is_paused = bool(spans) and spans[-1][1] is None
            there = tightest.get(wanted[subject_id])
            if there is None or (there[0] and not is_paused):
                shown = Pressing(uuid_found(pk), clause_id, moment_found(due_at), bool(is_late))
                tightest[wanted[subject_id]] = (is_paused, shown)
    return {pk: shown for pk, (_, shown) in tightest.items()}


def open_of(case: Case) -> QuerySet[Obligation]:
    """Every open obligation of a case and of the help asked for it, the tightest first."""
    helps = [str(pk) for pk in case.helps.values_list("pk", flat=True)]
    subject = Q(subject_type="case", subject_id=str(case.pk)) | Q(subject_type="help", subject_id__in=helps)
    return _open().filter(subject).order_by("due_at", "pk")


def of(case: Case) -> QuerySet[Obligation]:
    """Every obligation the case and its help requests ever had, the newest first."""
    helps = [str(pk) for pk in case.helps.values_list("pk", flat=True)]
    subject = Q(subject_type="case", subject_id=str(case.pk)) | Q(subject_type="help", subject_id__in=helps)
    rows = Obligation.objects.filter(subject).select_related(
        "bearer_account__person", "started_by", "ended_by"
    )
    return rows.order_by("-started_at", "-pk")


def _open() -> QuerySet[Obligation]:
    return Obligation.objects.filter(state="open").select_related("bearer_account__person")
