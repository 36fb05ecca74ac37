"""The plain values the engine decides on: no database, no clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from goodword.base.worktime.calendar import Calendar
from goodword.engine.policy.schema import Binding

State = Literal["open", "met", "missed", "waived", "superseded", "released"]
Pause = tuple[datetime, datetime | None]


@dataclass(frozen=True, slots=True)
class Duty:
    """A clause with a binding in one edition, on one version of its calendar."""

    clause_id: str
    edition: int
    holds_from: date
    binding: Binding


@dataclass(frozen=True, slots=True)
class CalendarAt:
    """A compiled calendar with the number of its version."""

    version: int
    calendar: Calendar


@dataclass(frozen=True, slots=True)
class Happened:
    """A journal entry as the engine sees it. `context` holds those of its facts that stay true of the subject."""

    kind: str
    subject: tuple[str, str]
    at: datetime
    facts: Mapping[str, Any]
    context: Mapping[str, Any]
    entry_id: int = 0


@dataclass(frozen=True, slots=True)
class Subject:
    """What is known of a subject: its round, its context, which meeting acts were seen in this round, and the tally
    {clause: (round, occurrences so far in it, state of the last)}."""

    round_no: int = 1
    context: Mapping[str, Any] = field(default_factory=dict)
    seen: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    tally: Mapping[str, tuple[int, int, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Key:
    """What makes an obligation one of its kind."""

    clause_id: str
    subject: tuple[str, str]
    round_no: int = 1
    occurrence: int = 1
    period: str = ""


@dataclass(frozen=True, slots=True)
class Bearing:
    """Who owes it, as far as the regulation says: an account, or holders of a role in a department."""

    role: str
    department: str = ""
    account_id: int | None = None


@dataclass(frozen=True, slots=True)
class Obligation:
    """One running or ended instance of a duty.

    due_at has the pauses in it. breached_at is set for good once it was late. level: rungs of the ladder taken.
    history: its subject was taken in from a ledger.
    used_for: seconds used of the allowance, measured on the clause's own clock, pauses out; elapsed_for: as it ran.
    """

    key: Key
    edition: int
    calendar_version: int
    amount: int
    unit: str
    bearing: Bearing
    started_at: datetime
    warn_at: datetime
    due_at: datetime
    wake_at: datetime | None
    provisional: bool = False
    state: State = "open"
    pauses: tuple[Pause, ...] = ()
    warned_at: datetime | None = None
    breached_at: datetime | None = None
    level: int = 0
    ended_at: datetime | None = None
    used_for: int | None = None
    elapsed_for: int | None = None
    started_by: int = 0
    ended_by: int = 0
    history: bool = False

    @property
    def paused(self) -> bool:
        """Whether the clock stands still now."""
        return bool(self.pauses) and self.pauses[-1][1] is None


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something time itself brings about: warned, breached, escalated or missed, at the moment it fell due."""

    kind: Literal["warned", "breached", "escalated", "missed"]
    at: datetime
    to: str = ""
    level: int = 0
