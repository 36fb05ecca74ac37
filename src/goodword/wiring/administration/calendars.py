"""Working calendars: a year's holidays, or a single day; then what rested on a guess is computed anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from goodword.base.core.errors import Invalid, Refused
from goodword.base.core.transactions import one_fact
from goodword.base.people.actors import Actor
from goodword.base.worktime.actions import import_year, publish, with_year
from goodword.base.worktime.calendar import compiled
from goodword.base.worktime.models import CalendarVersion
from goodword.base.worktime.queries import current
from goodword.engine.obligations.actions.recomputing import recompute_provisional

from .facts import begin, journal
from .kinds import CALENDAR_PUBLISHED

DAY_KINDS = ("holiday", "work", "usual")


@dataclass(frozen=True, slots=True)
class Published:
    """The new version, and how many open due times moved with it."""

    version: CalendarVersion
    moved: int


@dataclass(frozen=True, slots=True)
class ChangedDay:
    """A day that would change: before and after (holiday, work, usual), and what it is called."""

    day: date
    before: str
    after: str
    name: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What publishing a year's rows would do: the days that change, the working days before and after."""

    days: list[ChangedDay]
    working_days: tuple[int, int]


def preview_year(code: str, *, year: int, rows: str, by: Actor) -> Preview:
    """What `publish_year` would do. Writes nothing. Raises Forbidden, WorktimeError for rows that make no sense."""
    by.require("calendars.edit")
    before, _ = current(code)
    after = with_year(before.document, year=year, rows=rows)
    days = [
        date.fromordinal(n) for n in range(date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal())
    ]
    kinds = [(day, _kind_of(day, before.document), _kind_of(day, after)) for day in days]
    names = after.get("names", {})
    open_days = tuple(sum(map(compiled(d).is_working_day, days)) for d in (before.document, after))
    return Preview(
        [
            ChangedDay(day, was, is_, str(names.get(day.isoformat(), "")))
            for day, was, is_ in kinds
            if was != is_
        ],
        (open_days[0], open_days[1]),
    )


def _kind_of(day: date, document: Mapping[str, Any]) -> str:
    windows = document.get("dates", {}).get(day.isoformat())
    return "usual" if windows is None else "work" if windows else "holiday"


def publish_year(code: str, *, year: int, rows: str, by: Actor, at: datetime) -> Published:
    """Replace a year's holidays and make-up days by `rows` (CSV or JSON: date, kind, name).

    Effects: a new version; `company.calendar_published`; then every open due time that rested on a guess is moved
    to it, each with an entry of its own. Raises Forbidden, WorktimeError for rows that make no sense, Refused when
    they change nothing.
    """
    by.require("calendars.edit")
    with one_fact():
        begin()
        before, _ = current(code)
        version = import_year(code, year=year, rows=rows, at=at)
        _journal(code, before, version, by=by, at=at)
    return Published(version, recompute_provisional(by=by, at=at))


def set_day(code: str, *, day: date, kind: str, name: str = "", by: Actor, at: datetime) -> Published:
    """Make one day a holiday, a working day with Monday's hours, or as usual again. Effects and errors as above."""
    by.require("calendars.edit")
    if kind not in DAY_KINDS:
        raise Invalid(
            "没有这种日子。", "There is no such kind of day.", fields={"kind": ", ".join(DAY_KINDS)}
        )
    with one_fact():
        begin()
        before, _ = current(code)
        document = _with_day(before.document, day, kind, name.strip()[:40])
        note = f"{day.isoformat()} {name.strip()[:40]}".strip()
        version = publish(code, document=document, note=note, at=at)
        _journal(code, before, version, by=by, at=at)
    return Published(version, recompute_provisional(by=by, at=at))


def _with_day(document: dict[str, Any], day: date, kind: str, name: str) -> dict[str, Any]:
    dates, names = dict(document.get("dates", {})), dict(document.get("names", {}))
    dates.pop(day.isoformat(), None)
    names.pop(day.isoformat(), None)
    if kind != "usual":
        dates[day.isoformat()] = [] if kind == "holiday" else document.get("week", {}).get("mon", [])
        names[day.isoformat()] = name or ("放假" if kind == "holiday" else "上班")
    return {**document, "dates": dict(sorted(dates.items())), "names": dict(sorted(names.items()))}


def _journal(code: str, before: CalendarVersion, after: CalendarVersion, *, by: Actor, at: datetime) -> None:
    if after.digest == before.digest:
        raise Refused(
            "与现行日历完全一样，没有变化。", "It is the same as the calendar in force: nothing changes."
        )
    journal(CALENDAR_PUBLISHED, by=by, at=at, calendar=code, version=after.number)
