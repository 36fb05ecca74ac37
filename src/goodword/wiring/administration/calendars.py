"""Working calendars: a year's holidays, or a single day; then what rested on a guess is computed anew."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from goodword.base.core.errors import Invalid, Refused
from goodword.base.core.transactions import one_fact
from goodword.base.people.actors import Actor
from goodword.base.worktime.actions import import_year, publish
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
