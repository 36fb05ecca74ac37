"""When an obligation warns, falls due and escalates; what time brings about. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import cast

from goodword.base.worktime.allowance import Allowance, Unit, due_for, used_for
from goodword.base.worktime.calendar import Calendar
from goodword.engine.policy.schema import Binding

from .rulebook import Rulebook
from .values import Alarm, Obligation, Pause

PERIOD = "period"


def closed_pauses(pauses: tuple[Pause, ...]) -> list[tuple[datetime, datetime]]:
    """The pauses that have ended."""
    return [(start, end) for start, end in pauses if end is not None]


def due_moment(
    amount: int, unit: str, start: datetime, calendar: Calendar, pauses: tuple[Pause, ...] = ()
) -> datetime:
    """The moment an allowance that began at `start` is used up."""
    return due_for(Allowance(amount, cast(Unit, unit)), start, calendar, closed_pauses(pauses))


def warning_moment(
    share: float,
    start: datetime,
    due: datetime,
    *,
    unit: str,
    calendar: Calendar,
    pauses: tuple[Pause, ...] = (),
) -> datetime:
    """When `share` of the time between start and due has been used, on the clock that counts."""
    ended = closed_pauses(pauses)
    if unit in {"s", "min", "h"}:
        out = sum((end - begin for begin, end in ended), timedelta())
        return due_for(
            Allowance(round((due - start - out).total_seconds() * share), "s"), start, calendar, ended
        )
    return calendar.due(start, round(calendar.elapsed(start, due, ended) * share), ended)


def next_wake(obligation: Obligation, binding: Binding, calendar: Calendar) -> datetime | None:
    """When the worker must look at it again; None when nothing more can happen by time alone."""
    if obligation.state != "open" or obligation.paused:
        return None
    if (
        obligation.warned_at is None
        and obligation.breached_at is None
        and obligation.warn_at < obligation.due_at
    ):
        return obligation.warn_at
    if obligation.breached_at is None:
        return obligation.due_at
    if obligation.level >= len(binding.escalation):
        return None
    return rung_moment(obligation, binding, calendar)


def rung_moment(obligation: Obligation, binding: Binding, calendar: Calendar) -> datetime:
    """When the next rung of the ladder is taken."""
    after = binding.escalation[obligation.level].after
    return (
        due_moment(after.amount, after.unit, obligation.due_at, calendar)
        if after.amount
        else obligation.due_at
    )


def pass_time(
    obligation: Obligation, rules: Rulebook, *, now: datetime
) -> tuple[Obligation, tuple[Alarm, ...]]:
    """Everything that time has brought about up to and including `now`, in order, and the obligation after it."""
    binding = rules.duty(obligation.key.clause_id, obligation.edition).binding
    calendar = rules.calendars[obligation.calendar_version].calendar
    alarms = []
    while obligation.wake_at is not None and obligation.wake_at <= now:
        obligation, alarm = _ring(obligation, binding, at=obligation.wake_at)
        alarms.append(alarm)
        obligation = replace(obligation, wake_at=next_wake(obligation, binding, calendar))
    return obligation, tuple(alarms)


def _ring(obligation: Obligation, binding: Binding, *, at: datetime) -> tuple[Obligation, Alarm]:
    if at < obligation.due_at:
        return replace(obligation, warned_at=at), Alarm("warned", at, to="bearer")
    if obligation.breached_at is None:
        late = replace(obligation, breached_at=obligation.due_at)
        if binding.every:
            return replace(late, state="missed", ended_at=at), Alarm("missed", at, to="bearer")
        return late, Alarm("breached", at, to="bearer")
    rung = binding.escalation[obligation.level]
    level = obligation.level + 1
    return replace(obligation, level=level), Alarm("escalated", at, to=rung.to, level=level)


def measured(obligation: Obligation, calendar: Calendar, *, ended_at: datetime) -> tuple[int, int]:
    """(seconds used of the allowance with pauses out, seconds as elapsed on the clause's clock) at `ended_at`."""
    ended_at = max(ended_at, obligation.started_at)
    unit = "s" if obligation.unit == PERIOD else obligation.unit
    allowance = Allowance(obligation.amount, cast(Unit, unit))
    running = tuple((start, end or ended_at) for start, end in obligation.pauses)
    used = used_for(allowance, obligation.started_at, ended_at, calendar, [p for p in running if p[0] < p[1]])
    return used, used_for(allowance, obligation.started_at, ended_at, calendar, [])
