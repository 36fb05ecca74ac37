"""How duties fared, by whatever they are grouped by: what is counted up by day, and what is not counted up yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, F, Q, QuerySet, Sum, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from goodword.base.core.days import Day

from .models import DayTally, Obligation, TallyMark
from .outcomes import ENDED, outcomes

FIGURES = ("started", "in_time", "late", "overdue", "open", "missed", "waived", "superseded", "released")
DAY = "day"
Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """Duties started in [from, to); None leaves that side open."""

    started_from: datetime | None = None
    started_to: datetime | None = None

    def days(self, zone: ZoneInfo) -> tuple[date | None, date | None]:
        """The whole days within, as [first, end)."""
        first, end = self.started_from, self.started_to
        first_day = first.astimezone(zone).date() if first else None
        if first and first_day and first != _midnight(first_day, zone):
            first_day += timedelta(days=1)
        return first_day, end.astimezone(zone).date() if end else None


def figures(
    *by: str, span: Span, where: Q | None = None, history: bool | None = None, now: datetime
) -> dict[Key, dict[str, int]]:
    """{values of `by`: FIGURES} of the duties in `span`, as `queries.outcomes` counts them. Three queries.

    by: clause_id, bearer_department, bearer_account_id (0: nobody by name), day (of the start, in the company's zone).
    where: a condition on the first three of these columns alone.
    """
    where = where if where is not None else Q()
    if history is not None:
        where &= Q(history=history)
    zone = ZoneInfo(settings.TIME_ZONE)
    while True:
        mark = _reached()
        found = _live(by, span, where, mark, zone, now=now)
        if mark:
            _put(found, _counted(by, span, where, zone), len(by))
        if _reached() == mark:
            return found


def _reached() -> int:
    """How far the day tallies reach: 0 where there are none for this zone. While it stays, so do they."""
    return TallyMark.objects.filter(zone=settings.TIME_ZONE).values_list("last_entry", flat=True).first() or 0


def _live(
    by: Sequence[str], span: Span, where: Q, mark: int, zone: ZoneInfo, *, now: datetime
) -> dict[Key, dict[str, int]]:
    """What is in no whole day counted up: the open, what ended since, the edges of the span. One statement."""
    every = Obligation.objects.filter(where)
    if DAY in by:
        every = every.annotate(day=Day("started_at", tzinfo=zone))
    rows = _within(every, span.started_from, span.started_to)
    # By their keys: SQLite would rather read every duty of a clause than the few that ended since.
    since = Obligation.objects.filter(ended_by__gt=mark).values("pk")
    parts = [rows.filter(ended_by=None), rows.filter(pk__in=since) if mark else rows.filter(ended_by__gt=0)]
    parts += [edge.filter(ended_by__lte=mark) for edge in _edges(every, span, zone)] if mark else []
    # Rows are counted, not keys: those of the open are in their index, which is then all that is read.
    counts: dict[str, Any] = {"started": Count(Value(1))}
    counts |= {name: Count(Value(1), filter=what) for name, what in outcomes(now).items()}
    keys: list[Sequence[str | Combinable]] = [by, *([_loose(by)] * (len(parts) - 1))]
    counted = [
        part.order_by().values_list(*key).annotate(**counts) for part, key in zip(parts, keys, strict=True)
    ]
    found: dict[Key, dict[str, int]] = {}
    _put(found, list(counted[0].union(*counted[1:], all=True)), len(by))
    return found


def _loose(by: Sequence[str]) -> list[Combinable]:
    """The columns as expressions: grouping by a bare column, SQLite would read every duty in that column's order."""
    return [
        F(name) if name == DAY else Coalesce(name, Value(0 if name == "bearer_account_id" else ""))
        for name in by
    ]


def _edges(every: QuerySet[Obligation], span: Span, zone: ZoneInfo) -> list[QuerySet[Obligation]]:
    """What the span has of days that are not whole in it; a span of whole days has no edges, and none is looked for."""
    first, end = span.days(zone)
    if first and end and first >= end:
        return [_within(every, span.started_from, span.started_to)]
    edges = []
    if first and span.started_from != (whole_from := _midnight(first, zone)):
        edges.append(_within(every, span.started_from, whole_from))
    if end and span.started_to != (whole_to := _midnight(end, zone)):
        edges.append(_within(every, whole_to, span.started_to))
    return edges


def _counted(by: Sequence[str], span: Span, where: Q, zone: ZoneInfo) -> list[Any]:
    """What is counted up of the whole days of the span; what ended cannot be open or overdue."""
    first, end = span.days(zone)
    rows = DayTally.objects.filter(where)
    if first:
        rows = rows.filter(day__gte=first)
    if end:
        rows = rows.filter(day__lt=end)
    sums = {f"all_{name}": Sum(name) for name in ENDED}
    found = []
    for row in rows.order_by().values_list(*by).annotate(**sums):
        ended = dict(zip(ENDED, row[len(by) :], strict=True))
        if ended["in_time"] is not None:
            figures = {"started": sum(ended.values()), "open": 0, "overdue": 0, **ended}
            found.append((*row[: len(by)], *(figures[name] for name in FIGURES)))
    return found


def _put(found: dict[Key, dict[str, int]], rows: list[Any], keys: int) -> None:
    for row in rows:
        key = tuple(0 if value is None else value for value in row[:keys])
        there = found.setdefault(key, dict.fromkeys(FIGURES, 0))
        for name, figure in zip(FIGURES, row[keys:], strict=True):
            there[name] += figure


def _within(
    rows: QuerySet[Obligation], started_from: datetime | None, started_to: datetime | None
) -> QuerySet[Obligation]:
    if started_from is not None:
        rows = rows.filter(started_at__gte=started_from)
    return rows if started_to is None else rows.filter(started_at__lt=started_to)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)
