"""How the duties of the past would have fared under another allowance. Pure.

Everything else stays as it was: when they began, what paused them, when they were met. Only the due time moves.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from goodword.base.worktime.calendar import Calendar
from goodword.engine.policy.schema import Allowance, Binding

from .timing import due_moment
from .values import Pause, State

Verdict = Literal["in_time", "late", ""]


@dataclass(frozen=True, slots=True)
class Past:
    """What of an obligation its verdict needs; the names are those of `values.Obligation`."""

    state: State
    amount: int
    unit: str
    started_at: datetime
    due_at: datetime
    ended_at: datetime | None
    breached_at: datetime | None
    calendar_version: int
    pauses: tuple[Pause, ...] = ()

    @property
    def is_running(self) -> bool:
        """Whether time still runs against it: open, and not waiting for the customer."""
        return self.state == "open" and not (self.pauses and self.pauses[-1][1] is None)


@dataclass(frozen=True, slots=True)
class Tried:
    """Of `looked_at` obligations: how many are decided and in time as it was, and as it would have been.

    untold: those the new figures say nothing certain of, because they began under yet another allowance.
    """

    looked_at: int
    untold: int
    decided: int
    in_time: int
    decided_then: int
    in_time_then: int


def replaced(before: Binding, after: Binding) -> dict[Allowance, Allowance]:
    """{allowance now: allowance then}; without those that would become different ones in different contexts."""
    if [within.when for within in before.within] != [within.when for within in after.within]:
        return {}
    found: dict[Allowance, Allowance] = {}
    torn: set[Allowance] = set()
    for now, then in zip(before.within, after.within, strict=True):
        if found.setdefault(now.allow, then.allow) != then.allow:
            torn.add(now.allow)
    return {now: then for now, then in found.items() if now not in torn}


def tried(
    rows: Iterable[Past],
    allowances: Mapping[Allowance, Allowance],
    calendars: Mapping[int, Calendar],
    *,
    now: datetime,
) -> Tried:
    """The rows judged by their own due times and by those the other allowances would have given."""
    verdicts: list[tuple[Verdict, Verdict]] = []
    looked_at = 0
    for row in rows:
        looked_at += 1
        then = next(
            (new for old, new in allowances.items() if (old.amount, old.unit) == (row.amount, row.unit)), None
        )
        if then is None:
            continue
        due = due_moment(then.amount, then.unit, row.started_at, calendars[row.calendar_version], row.pauses)
        verdicts.append((_as_it_was(row, now=now), _as_due(row, due, now=now)))
    return Tried(
        looked_at=looked_at,
        untold=looked_at - len(verdicts),
        decided=sum(was != "" for was, _ in verdicts),
        in_time=sum(was == "in_time" for was, _ in verdicts),
        decided_then=sum(then != "" for _, then in verdicts),
        in_time_then=sum(then == "in_time" for _, then in verdicts),
    )


def _as_it_was(row: Past, *, now: datetime) -> Verdict:
    """As `outcomes` counts it: late is for ever, and a waiver takes it out."""
    if row.state == "waived":
        return ""
    if row.breached_at is not None or row.state == "missed":
        return "late"
    if row.state == "open":
        return "late" if row.is_running and row.due_at < now else ""
    return "in_time" if row.state == "met" else ""


def _as_due(row: Past, due: datetime, *, now: datetime) -> Verdict:
    """The same with another due time."""
    if row.state == "waived":
        return ""
    if row.ended_at is not None:
        if row.ended_at > due:
            return "late"
        return "in_time" if row.state == "met" else ""
    return "late" if row.is_running and due < now else ""
