"""A year of a working calendar, month by month, as a wall calendar shows it. Pure."""

from __future__ import annotations

import calendar as almanac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from goodword.base.worktime.calendar import Calendar


@dataclass(frozen=True, slots=True)
class Day:
    """One day: its number, how it is drawn (open, off, holiday, work), its name when it has one, its hours."""

    number: int
    kind: str
    name: str = ""
    is_today: bool = False


@dataclass(frozen=True, slots=True)
class Month:
    """Weeks from Monday on, None outside the month; the named days; how many working days it has."""

    number: int
    weeks: list[list[Day | None]]
    names: list[tuple[str, str]]
    working_days: int


def year_of(year: int, calendar: Calendar, document: Mapping[str, Any], *, today: date) -> list[Month]:
    """The twelve months of a year."""
    return [_month(year, number, calendar, document, today) for number in range(1, 13)]


def _month(year: int, number: int, calendar: Calendar, document: Mapping[str, Any], today: date) -> Month:
    weeks: list[list[Day | None]] = []
    named: list[tuple[int, str]] = []
    working_days = 0
    for week in almanac.Calendar().monthdatescalendar(year, number):
        line: list[Day | None] = []
        for day in week:
            shown = _day(day, calendar, document, today) if day.month == number else None
            line.append(shown)
            if shown is not None:
                working_days += shown.kind in ("open", "work")
                if shown.name:
                    named.append((shown.number, shown.name))
        weeks.append(line)
    return Month(number, weeks, _together(named), working_days)


def _day(day: date, calendar: Calendar, document: Mapping[str, Any], today: date) -> Day:
    works = calendar.is_working_day(day)
    is_special = day.isoformat() in document.get("dates", {})
    kind = ("work" if works else "holiday") if is_special else ("open" if works else "off")
    return Day(day.day, kind, str(document.get("names", {}).get(day.isoformat(), "")), day == today)


def _together(named: list[tuple[int, str]]) -> list[tuple[str, str]]:
    """Neighbouring days of one name in one line: (「1–3」, 「元旦」)."""
    runs: list[tuple[int, int, str]] = []
    for number, name in named:
        if runs and runs[-1][2] == name and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number, name)
        else:
            runs.append((number, number, name))
    return [(f"{first}–{last}" if last > first else str(first), name) for first, last, name in runs]
