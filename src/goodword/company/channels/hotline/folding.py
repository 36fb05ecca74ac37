"""What is known of a call from all that was said about it, in whatever order and however often it came."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

ALMOST = 2.0
"""Seconds by which an answer may seem to come before the ring: several machines of one call centre."""


@dataclass(frozen=True, slots=True)
class Said:
    """One event: its kind, its moment by the sender's clock, how long it rang where the sender says so."""

    kind: str
    at: datetime
    rang_for: float | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """How a call went, by the sender's clock. rang_for: seconds until it was answered or given up; None unknown."""

    state: str
    began_at: datetime
    answered_at: datetime | None
    ended_at: datetime | None
    rang_for: float | None


def fold(events: Iterable[Said]) -> Course:
    """The course of a call; at least one event. Order and repetition make no difference."""
    known = sorted(set(events), key=lambda said: (said.at, said.kind, said.rang_for or 0.0))
    rang_at = _first(known, "ringing")
    answered_at = _first(known, "answered")
    ends = [said.at for said in known if said.kind in ("hung_up", "missed")]
    ended_at = max(ends) if ends else None
    if answered_at is not None:
        state = "ended" if ended_at is not None else "answered"
    elif ended_at is not None:
        state = "missed"
    else:
        state = "ended" if all(said.kind == "recorded" for said in known) else "ringing"
    until = answered_at or ended_at
    stated = [said.rang_for for said in known if said.rang_for is not None]
    if stated:
        rang_for: float | None = max(stated)
    elif rang_at is not None and until is not None and (until - rang_at).total_seconds() >= -ALMOST:
        rang_for = max((until - rang_at).total_seconds(), 0.0)
    else:
        rang_for = None
    began_at = rang_at or min(said.at for said in known)
    return Course(state, began_at, answered_at, ended_at, rang_for)


def _first(known: list[Said], kind: str) -> datetime | None:
    return min((said.at for said in known if said.kind == kind), default=None)
