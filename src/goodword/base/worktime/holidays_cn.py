"""China's statutory calendar: public holidays and make-up working days of the State Council's notices.

The days come from the `holidays` package, which keeps them year by year. A year whose notice is not in
the package yet has no make-up days there; it is left to the weekly hours and counts as provisional.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any, NamedTuple

OFFICE_HOURS = [["09:00", "18:00"]]
FIRST_YEAR = 2010  # notices have kept one form since then; ledgers of old cases reach back years
_LOOK_AHEAD = 2060
_WORKWEEK = ("mon", "tue", "wed", "thu", "fri")


class StatutoryDays(NamedTuple):
    """Days off that the law gives (date → name), weekend days to be worked, and the last day known."""

    off: dict[date, str]
    make_up: frozenset[date]
    known_until: date


@cache
def statutory_days() -> StatutoryDays:
    """What the package knows from FIRST_YEAR on, without the unpublished years."""
    from holidays.countries.china import China  # noqa: PLC0415  (a third of a second, only when asked for)

    # The package annotates its classes but not their constructors.
    kept = China(years=range(FIRST_YEAR, _LOOK_AHEAD), language="zh_CN")  # type: ignore[no-untyped-call]
    make_up = frozenset(day for day in kept.weekend_workdays if day.year >= FIRST_YEAR)
    last = max(day.year for day in make_up)
    off = {day: _plain(name) for day, name in sorted(kept.items()) if day.year <= last}
    return StatutoryDays(off, make_up, date(last, 12, 31))


@cache
def cn_document() -> dict[str, Any]:
    """The calendar document "cn": Monday to Friday 09:00–18:00 in China's time, statutory days applied.

    Always the same object: copy it before changing it.
    """
    return with_statutory_days(dict.fromkeys(_WORKWEEK, OFFICE_HOURS))


def with_statutory_days(
    week: dict[str, list[list[str]]], *, make_up_hours: list[list[str]] | None = None
) -> dict[str, Any]:
    """A document with these weekly hours, closed on statutory holidays, open on make-up days.

    A make-up day has `make_up_hours`, by default those of Monday. Its weekly hours, if any, do not count.
    """
    days = statutory_days()
    hours = make_up_hours if make_up_hours is not None else week.get("mon", [])
    dates: dict[str, list[list[str]]] = {day.isoformat(): [] for day in days.off}
    dates |= {day.isoformat(): hours for day in days.make_up}
    names = {day.isoformat(): name for day, name in days.off.items()}
    names |= {day.isoformat(): "调休上班" for day in days.make_up}
    return {
        "timezone": "Asia/Shanghai",
        "week": week,
        "dates": dict(sorted(dates.items())),
        "known_until": days.known_until.isoformat(),
        "names": dict(sorted(names.items())),
    }


def _plain(name: str) -> str:
    """A day off won by a make-up day gets one short name, whichever day it was swapped with."""
    return "调休放假" if name.startswith("休息日") else name
