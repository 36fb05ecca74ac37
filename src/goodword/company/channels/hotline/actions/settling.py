"""A call is as its events make it: its row, its journal entries, and the task to ring back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from goodword.base.people.actors import SYSTEM, Actor
from goodword.engine.journal.kinds import Kind
from goodword.engine.journal.recording import record

from ..folding import Course
from ..kinds import ANSWERED, ENDED, MISSED, RANG
from ..models import Call
from ..rings import cadence, is_open, outcome
from ..settings import Hotline
from . import returning


@dataclass(frozen=True, slots=True)
class Before:
    """How a call stood: its state (empty for one that is new), and whether it had been answered."""

    state: str = ""
    answered: bool = False


def settle(
    call: Call, course: Course, *, before: Before, chosen: Hotline, at: datetime, by: Actor = SYSTEM
) -> None:
    """Bring the call to its course. Inside the event's transaction.

    Effects: the row; a journal entry for each thing that newly happened (`call.rang`, `call.answered`,
    `call.missed`, `call.ended`); a missed call opens a task to ring back, one that was answered ends it.
    """
    off_by = timedelta(seconds=call.ahead)
    call.state = course.state
    call.began_at = course.began_at - off_by
    call.answered_at = course.answered_at - off_by if course.answered_at else None
    call.ended_at = course.ended_at - off_by if course.ended_at else None
    call.rang_for = course.rang_for
    _measure(call, chosen)
    call.save()
    happened: list[tuple[Kind, datetime, dict[str, Any]]] = []
    measured = {"outcome": call.outcome, "rings": call.rings}
    if not before.state:
        happened.append((RANG, call.began_at, {}))
    if call.answered_at is not None and not before.answered:
        happened.append((ANSWERED, call.answered_at, {**measured, "account": call.account_id}))
    if call.state == "missed" != before.state:
        happened.append((MISSED, call.ended_at or at, measured))
    if call.state == "ended" != before.state:
        happened.append((ENDED, call.ended_at or call.began_at, {}))
    for kind, moment, facts in happened:
        record(kind, call.pk, by=by, at=moment, facts={"direction": call.direction, **facts})
    if ANSWERED in [kind for kind, *_ in happened]:
        returning.answered(call, at=at)
    if MISSED in [kind for kind, *_ in happened]:
        returning.missed(call, at=at)


def _measure(call: Call, chosen: Hotline) -> None:
    """FB-2.2a by the figures of the call's day; calls out, and to other lines or out of hours, do not count."""
    figures = cadence(call.began_at)
    call.rings = None if call.rang_for is None else figures.heard(call.rang_for)
    if call.direction == "in":
        counted = chosen.counts(call.line) and is_open(call.began_at)
        call.outcome = outcome(call.state, call.rings, counted=counted, allowed=figures.rings)
