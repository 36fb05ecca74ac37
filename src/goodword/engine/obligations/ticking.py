"""The tick: the worker takes what has fallen due and lets time act on it, each obligation in its own transaction."""

from __future__ import annotations

from datetime import datetime, timedelta

from goodword.base.core.transactions import one_fact
from goodword.base.people.actors import SYSTEM
from goodword.engine.journal.recording import lock_subject, record

from . import models
from .kinds import BY_ALARM
from .rows import fields_of, value_of
from .rules_in_force import rules_in_force
from .timing import pass_time
from .values import Alarm

CATCH_UP_AFTER = timedelta(minutes=5)


def due_now(*, now: datetime, limit: int = 500) -> list[models.Obligation]:
    """The obligations whose wake time has come, the earliest first."""
    rows = models.Obligation.objects.filter(wake_at__lte=now)
    return list(rows.order_by("wake_at", "started_by", "clause_id")[:limit])


def tick(*, now: datetime, limit: int = 500) -> int:
    """Fire what is due up to `now`; returns how many obligations were moved on.

    Safe with any number of workers: each takes the subject's lock and looks for the row with its wake time as
    seen; who comes second finds it moved and does nothing.
    """
    return sum(fire(row, now=now) for row in due_now(now=now, limit=limit))


def fire(seen: models.Obligation, *, now: datetime) -> bool:
    """Let time act on one obligation. False when somebody else did it first.

    Effects in one transaction: the row moves on; one journal entry per alarm, at the moment the alarm fell due;
    their reactions (notices). Alarms more than five minutes old are marked as caught up, for the digest.
    """
    with one_fact():
        lock_subject(seen.subject_type, seen.subject_id)
        row = models.Obligation.objects.filter(pk=seen.pk, wake_at=seen.wake_at).first()
        if row is None:
            return False
        after, alarms = pass_time(value_of(row), rules_in_force(), now=now)
        models.Obligation.objects.filter(pk=row.pk).update(**fields_of(after))
        for alarm in alarms:
            _journal(row, alarm, now=now)
    return True


def _journal(row: models.Obligation, alarm: Alarm, *, now: datetime) -> None:
    facts = {**key_facts(row), "to": alarm.to, "due_at": row.due_at.isoformat()}
    if now - alarm.at > CATCH_UP_AFTER:
        facts["catch_up"] = True
    if alarm.level:
        facts["level"] = alarm.level
    record(
        BY_ALARM[alarm.kind],
        row.subject_id,
        subject_type=row.subject_type,
        by=SYSTEM,
        at=alarm.at,
        facts=facts,
    )


def key_facts(row: models.Obligation) -> dict[str, object]:
    """The facts by which an entry names an obligation."""
    return {
        "obligation": str(row.pk),
        "clause": row.clause_id,
        "round": row.round_no,
        "occurrence": row.occurrence,
        "period": row.period,
    }
