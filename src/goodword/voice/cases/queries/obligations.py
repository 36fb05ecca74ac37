"""What cases owe just now."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from goodword.base.core.asking import asked_often
from goodword.base.core.by_hand import moment_found, uuid_found
from goodword.engine.obligations.models import Obligation

from ..models import Case, Help


class Pressing(NamedTuple):
    """What a list shows of a case's tightest open obligation. is_paused: its clock stands still now."""

    pk: UUID
    clause_id: str
    due_at: datetime
    is_late: bool
    warn_at: datetime
    is_paused: bool


PRESSING = (
    "SELECT subject_id, id, clause_id, due_at, breached_at IS NOT NULL, warn_at, pauses FROM obligations_obligation "
    "WHERE state = 'open' AND subject_type = 'case' AND subject_id IN ({}) ORDER BY due_at, id"
)


def pressing(case_ids: Iterable[UUID]) -> dict[UUID, Pressing]:
    """The tightest open obligation of each case, by case id; cases that owe nothing are left out. One query.

    A running clock leads before one that stands still; then the earlier due time. By hand, as every list and every
    answer about a case asks it.
    """
    wanted = {str(pk): pk for pk in case_ids}
    if not wanted:
        return {}
    tightest: dict[UUID, Pressing] = {}
    with connection.cursor() as cursor:
        # nosemgrep: sql-from-pieces - one more placeholder for each id, nothing else
        cursor.execute(PRESSING.format(", ".join(["%s"] * len(wanted))), list(wanted))
        for subject_id, pk, clause_id, due_at, is_late, warn_at, pauses in cursor.fetchall():
            spans = json.loads(pauses)
            is_paused = bool(spans) and spans[-1][1] is None
            there = tightest.get(wanted[subject_id])
            if there is None or (there.is_paused and not is_paused):
                times = moment_found(due_at), bool(is_late), moment_found(warn_at)
                tightest[wanted[subject_id]] = Pressing(uuid_found(pk), clause_id, *times, is_paused)
    return tightest


def open_of(case: Case) -> list[Obligation]:
    """Every open obligation of a case and of the help asked for it, the tightest first."""
    return _open(str(case.pk), subjects_of_help(case))


def of(case: Case) -> list[Obligation]:
    """Every obligation the case and its help requests ever had, the newest first."""
    return _ever(str(case.pk), subjects_of_help(case))


def subjects_of_help(case: Case) -> list[str]:
    """The ids of the help asked for a case, as subjects; one that nothing has where no help was asked for."""
    return [str(pk) for pk in _helps(case.pk)] or [""]


@asked_often
def _helps(case: UUID) -> QuerySet[Help, UUID]:
    return Help.objects.filter(case=case).values_list("pk", flat=True)


@asked_often
def _open(case: str, helps: list[str]) -> QuerySet[Obligation]:
    rows = Obligation.objects.filter(_subject(case, helps), state="open")
    return rows.select_related("bearer_account__person").order_by("due_at", "pk")


@asked_often
def _ever(case: str, helps: list[str]) -> QuerySet[Obligation]:
    rows = Obligation.objects.filter(_subject(case, helps))
    return rows.select_related("bearer_account__person", "started_by", "ended_by").order_by(
        "-started_at", "-pk"
    )


def _subject(case: str, helps: list[str]) -> Q:
    return Q(subject_type="case", subject_id=case) | Q(subject_type="help", subject_id__in=helps)
