"""The tick: the worker takes what has fallen due and lets time act on it, many obligations in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from goodword.base.core.by_hand import uuid_given
from goodword.base.core.errors import Stale
from goodword.base.core.transactions import one_fact
from goodword.base.people.actors import SYSTEM
from goodword.engine.journal.recording import Fact, lock_free, record_many

from . import models
from .kinds import BY_ALARM
from .rows import value_of
from .rules_in_force import rules_in_force
from .timing import pass_time
from .values import Alarm, Obligation

CATCH_UP_AFTER = timedelta(minutes=5)


def due_now(*, now: datetime, limit: int = 500) -> list[models.Obligation]:
    """The obligations whose wake time has come, the earliest first."""
    rows = models.Obligation.objects.filter(wake_at__lte=now)
    return list(rows.order_by("wake_at", "started_by", "clause_id")[:limit])


def tick(*, now: datetime, limit: int = 500) -> int:
    """Fire what is due up to `now`; returns how many obligations were moved on.

    Safe with any number of workers: each takes the subjects' locks and looks for the rows with their wake time as
    seen; who comes second finds them moved and does nothing.
    """
    return fire_together(due_now(now=now, limit=limit), now=now)


def fire(seen: models.Obligation, *, now: datetime) -> bool:
    """Let time act on one obligation; False when somebody else did it first or is just writing to its subject."""
    return fire_together([seen], now=now) == 1


def fire_together(seen: Sequence[models.Obligation], *, now: datetime) -> int:
    """Let time act on obligations in one transaction; returns how many moved on: not those somebody else did first,
    nor those whose subject somebody is just writing to, which stay due.

    Effects: each row moves on where its wake time is still as seen; one journal entry per alarm, at the moment the
    alarm fell due; their reactions (notices). Alarms more than five minutes old are marked as caught up, for the
    digest. One that fails undoes all of them: the caller fires them one by one then.
    """
    with one_fact():
        free = lock_free([(row.subject_type, row.subject_id) for row in seen])
        mine = [row for row in seen if (row.subject_type, row.subject_id) in free]
        there = models.Obligation.objects.in_bulk([row.pk for row in mine])
        rows = [there[row.pk] for row in mine if row.pk in there and there[row.pk].wake_at == row.wake_at]
        if not rows:
            return 0
        rules, facts, moved = rules_in_force(), [], []
        for row in rows:
            after, alarms = pass_time(value_of(row), rules, now=now)
            moved.append(_moved(row, after))
            facts += [_told(row, alarm, now=now) for alarm in alarms]
        with connection.cursor() as cursor:
            cursor.executemany(MOVE, moved)
            if cursor.rowcount != len(rows):
                raise Stale("期限刚刚被移动过。", "A deadline was moved meanwhile.")
        record_many(facts)
    return len(rows)


MOVED = ("wake_at", "warned_at", "breached_at", "level", "state", "ended_at")
"""What time changes of an obligation."""
MOVE = (
    f"UPDATE obligations_obligation SET {', '.join(f'{name} = %s' for name in MOVED)} "  # nosec B608 # noqa: S608 - constants
    "WHERE id = %s AND wake_at = %s"
)


def _moved(row: models.Obligation, after: Obligation) -> list[Any]:
    """The values of MOVE: as it is to be, whose it is, as it was seen."""
    columns = {field.name: field for field in models.Obligation._meta.concrete_fields}
    values = [columns[name].get_db_prep_save(getattr(after, name), connection) for name in MOVED]
    seen = columns["wake_at"].get_db_prep_save(row.wake_at, connection)
    return [*values, uuid_given(row.pk), seen]


def _told(row: models.Obligation, alarm: Alarm, *, now: datetime) -> Fact:
    facts = {**key_facts(row), "to": alarm.to, "due_at": row.due_at.isoformat()}
    if now - alarm.at > CATCH_UP_AFTER:
        facts["catch_up"] = True
    if alarm.level:
        facts["level"] = alarm.level
    return Fact(BY_ALARM[alarm.kind], row.subject_id, SYSTEM, alarm.at, facts, row.subject_type)


def key_facts(row: models.Obligation) -> dict[str, object]:
    """The facts by which an entry names an obligation."""
    return {
        "obligation": str(row.pk),
        "clause": row.clause_id,
        "round": row.round_no,
        "occurrence": row.occurrence,
        "period": row.period,
    }
