"""The period a page of figures looks at, from its address: `?from=2026-01-01&to=2026-03-31`, both days included."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.http import QueryDict
from django.utils import timezone

USUAL = 90
YEARS = range(1970, 2200)
"""The years a day can be asked for: further out the zone's arithmetic has no moments left."""


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

    def before(self) -> Period | None:
        """What it is compared with: whole months with as many whole months, days with as many days; None if open."""
        if self.first is None or self.last is None:
            return None
        last = self.first - timedelta(days=1)
        if self.first.day == 1 and self.last == _month_end(self.last):
            months = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month
            return Period(_months_back(last, months), last)
        return Period(last - (self.last - self.first), last)


def period_of(query: QueryDict, *, now: datetime, usual: Period | None = None) -> Period:
    """The period asked for; `usual`, or the last ninety days, where none is.

    An unreadable day leaves its side open; two days in the wrong order are taken the other way round.
    """
    if "from" not in query and "to" not in query:
        today = timezone.localtime(now).date()
        return usual or Period(today - timedelta(days=USUAL - 1), today)
    first, last = _day(query.get("from", "")), _day(query.get("to", ""))
    return Period(last, first) if first and last and last < first else Period(first, last)


def last_month(*, now: datetime) -> Period:
    """The last month that is over."""
    end = timezone.localtime(now).date().replace(day=1) - timedelta(days=1)
    return Period(end.replace(day=1), end)


def presets(*, now: datetime) -> list[tuple[str, str, Period]]:
    """(zh, en, period) of the choices in one click."""
    today = timezone.localtime(now).date()
    quarter = today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1)
    return [
        ("近 7 天", "7 days", Period(today - timedelta(days=6), today)),
        ("本月", "This month", Period(today.replace(day=1), today)),
        ("上月", "Last month", last_month(now=now)),
        ("本季度", "This quarter", Period(quarter, today)),
        ("近 90 天", "90 days", Period(today - timedelta(days=USUAL - 1), today)),
        ("今年", "This year", Period(today.replace(month=1, day=1), today)),
        ("全部", "All", Period(None, None)),
    ]


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if found.year in YEARS else None


def _month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _months_back(day: date, months: int) -> date:
    """The first of the month so many months before the day's own."""
    count = day.year * 12 + day.month - 1 - months
    return date(count // 12, count % 12 + 1, 1)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), timezone.get_current_timezone())
