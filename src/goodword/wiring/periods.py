"""The calendar as an event: each day, week, month, quarter, half-year and year that begins is journalled once.

Recurring duties start on `company.period_opened`. It is written in the chain of `company:company`, and in that of
every subject an enumerator of `EACH` names, for duties that are owed per subject.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from goodword.base.core.transactions import one_fact
from goodword.base.people.actors import SYSTEM
from goodword.engine.journal.models import Entry
from goodword.engine.journal.recording import lock_subject, record
from goodword.engine.obligations.kinds import PERIOD_OPENED
from goodword.engine.policy.schema import PERIODS

COMPANY = ("company", "company")
EACH: dict[str, Callable[[datetime], Iterable[tuple[str, str]]]] = {}
"""{name of a set: moment → (subject type, subject id) of its members then}; packages add theirs in the wiring."""

_MONTHS = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of the calendar: its kind, its label, its first day, the first day after it."""

    kind: str
    label: str
    starts_on: date
    ends_on: date


def period_of(kind: str, day: date) -> Period:
    """The period of `kind` that `day` is in: 2026-11-22, 2026-W47, 2026-11, 2026-Q4, 2026-H2 or 2026."""
    if kind == "day":
        return Period(kind, day.isoformat(), day, day + timedelta(days=1))
    if kind == "week":
        monday = day - timedelta(days=day.weekday())
        year, week, _ = monday.isocalendar()
        return Period(kind, f"{year}-W{week:02}", monday, monday + timedelta(days=7))
    months = _MONTHS[kind]
    number = (day.month - 1) // months
    starts_on = date(day.year, number * months + 1, 1)
    after = starts_on.year * 12 + starts_on.month - 1 + months
    label = {
        "month": f"{day.year}-{day.month:02}",
        "quarter": f"{day.year}-Q{number + 1}",
        "half-year": f"{day.year}-H{number + 1}",
        "year": f"{day.year}",
    }[kind]
    return Period(kind, label, starts_on, date(after // 12, after % 12 + 1, 1))


def open_periods(*, now: datetime) -> int:
    """Journal every period that has begun since the last look, in order; returns how many entries were written.

    After downtime the periods passed over are opened too, each at its own beginning. A subject's first period is
    opened as of `now`: nobody owes what was due before he came. Safe with any number of workers.
    """
    zone = ZoneInfo(settings.TIME_ZONE)
    members = (member for enumerate_members in EACH.values() for member in enumerate_members(now))
    subjects = dict.fromkeys((COMPANY, *members))
    return sum(_open(subject, kind, now=now, zone=zone) for subject in subjects for kind in PERIODS)


def _open(subject: tuple[str, str], kind: str, *, now: datetime, zone: ZoneInfo) -> int:
    current = period_of(kind, now.astimezone(zone).date())
    if _last_opened(subject, kind) == current.label:
        return 0
    with one_fact():
        lock_subject(*subject)
        last = _last_opened(subject, kind)
        waiting = _since(last, current)
        for period in waiting:
            begun_at = datetime.combine(period.starts_on, time(), zone)
            _record(subject, period, at=now if last is None else begun_at, zone=zone)
    return len(waiting)


def _last_opened(subject: tuple[str, str], kind: str) -> str | None:
    """The label of the newest period of `kind` journalled for the subject."""
    entries = Entry.objects.filter(
        kind=PERIOD_OPENED.name, subject_type=subject[0], subject_id=subject[1], facts__period=kind
    )
    facts = entries.order_by("-at", "-number").values_list("facts", flat=True).first()
    return None if facts is None else str(facts["label"])


def _since(last: str | None, current: Period) -> list[Period]:
    """The periods after the one labelled `last` up to `current`, the earliest first."""
    if last is None:
        return [current]
    found: list[Period] = []
    period = current
    while period.label != last and period.label > last:
        found.append(period)
        period = period_of(period.kind, period.starts_on - timedelta(days=1))
    return found[::-1]


def _record(subject: tuple[str, str], period: Period, *, at: datetime, zone: ZoneInfo) -> None:
    record(
        PERIOD_OPENED,
        subject[1],
        subject_type=subject[0],
        by=SYSTEM,
        at=at,
        facts={
            "period": period.kind,
            "label": period.label,
            "ends_at": datetime.combine(period.ends_on, time(), zone).isoformat(),
        },
    )
