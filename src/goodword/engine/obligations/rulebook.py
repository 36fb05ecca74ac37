"""The rulebook: which duties hold on a day, on which calendars. Immutable once built."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from .values import CalendarAt, Duty


@dataclass(frozen=True)
class Rulebook:
    """Every edition of every bound duty; the calendars by version; which version each code has now."""

    duties: Mapping[str, tuple[Duty, ...]]
    calendars: Mapping[int, CalendarAt]
    current: Mapping[str, int]
    zone: ZoneInfo
    meeting_kinds: frozenset[str] = field(default=frozenset())
    kinds: frozenset[str] = field(default=frozenset())

    def starting(self, kind: str, at: datetime) -> list[Duty]:
        """The duties that an entry of `kind` may start at `at`, each in the edition that holds on that day."""
        day = at.astimezone(self.zone).date()
        found = []
        for editions in self.duties.values():
            duty = next((d for d in reversed(editions) if d.holds_from <= day), editions[0])
            if kind in duty.binding.starts_on:
                found.append(duty)
        return found

    def duty(self, clause_id: str, edition: int) -> Duty:
        """The duty in the edition a running obligation started with."""
        return next(d for d in self.duties[clause_id] if d.edition == edition)

    def calendar(self, code: str) -> CalendarAt:
        """The calendar's version that new obligations take."""
        return self.calendars[self.current[code]]


def rulebook(
    duties: Iterable[Duty],
    *,
    calendars: Mapping[str, CalendarAt],
    earlier: Iterable[CalendarAt] = (),
    zone: ZoneInfo,
) -> Rulebook:
    """Build a rulebook. `calendars` are the current ones by code, `earlier` the versions running obligations keep."""
    editions: dict[str, list[Duty]] = {}
    for duty in sorted(duties, key=lambda d: (d.holds_from, d.edition)):
        editions.setdefault(duty.clause_id, []).append(duty)
    bindings = [d.binding for group in editions.values() for d in group]
    meeting = frozenset(meeting.on for b in bindings for meeting in b.meets_on)
    others = frozenset(
        kind
        for b in bindings
        for kinds in (b.starts_on, b.releases_on, b.supersedes_on, b.pauses_on, b.resumes_on)
        for kind in kinds
    )
    return Rulebook(
        duties={clause: tuple(group) for clause, group in editions.items()},
        calendars={c.version: c for c in (*earlier, *calendars.values())},
        current={code: c.version for code, c in calendars.items()},
        zone=zone,
        meeting_kinds=meeting,
        kinds=meeting | others,
    )
