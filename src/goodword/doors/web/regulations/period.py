"""The period a page of figures looks at, from its address: `?from=2026-01-01&to=2026-03-31`, both days included."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.http import QueryDict
from django.utils import timezone

USUAL = 90


@dataclass(frozen=True, slots=True)
class Period:
    """First and last day, as the company counts its days; None leaves that side open."""

    first: date | None
    last: date | None

    @property
    def started_from(self) -> datetime | None:
        """The first moment of it."""
        return _midnight(self.first) if self.first else None

    @property
    def started_to(self) -> datetime | None:
        """The first moment after it."""
        return _midnight(self.last + timedelta(days=1)) if self.last else None

    def query(self) -> dict[str, str]:
        """What a link carries to stay in the period."""
        return {
            "from": self.first.isoformat() if self.first else "",
            "to": self.last.isoformat() if self.last else "",
        }


def period_of(query: QueryDict, *, now: datetime) -> Period:
    """The period asked for; the last ninety days where none is. An unreadable day leaves its side open."""
    if "from" not in query and "to" not in query:
        today = timezone.localtime(now).date()
        return Period(today - timedelta(days=USUAL - 1), today)
    return Period(_day(query.get("from", "")), _day(query.get("to", "")))


def presets(*, now: datetime) -> list[tuple[str, str, Period]]:
    """(zh, en, period) of the choices in one click."""
    today = timezone.localtime(now).date()
    return [
        ("近 30 天", "30 days", Period(today - timedelta(days=29), today)),
        ("近 90 天", "90 days", Period(today - timedelta(days=USUAL - 1), today)),
        ("今年", "This year", Period(today.replace(month=1, day=1), today)),
        ("全部", "All", Period(None, None)),
    ]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), timezone.get_current_timezone())
