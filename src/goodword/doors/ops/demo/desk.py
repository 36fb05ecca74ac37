"""The last two days leave a living desk: of everything that may wait, something waits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from goodword.base.worktime.calendar import Calendar

from .clientele import Client
from .plans import Plan, draw, matters_of


@dataclass(frozen=True, slots=True)
class Waiting:
    """A case received so many minutes ago (from a day on: of working days) that has gone as far as `hold`; `which` names its matter."""

    minutes: int
    hold: str
    which: tuple[tuple[str, object], ...]
    force: tuple[str, ...] = ()


def _w(minutes: int, hold: str, *force: str, group: str = "complaints", **labels: object) -> Waiting:
    return Waiting(minutes, hold, (("group", group), *labels.items()), force)


HOURS, DAYS = 60, 1440
WORKING_DAY = 8 * 3600
DESK: tuple[Waiting, ...] = (
    _w(2, "triage", severity="general"),
    _w(5, "triage", group="consultations"),
    _w(8, "triage", content="service"),
    _w(19, "triage", content="other"),
    _w(47, "triage", content="device", severity="general"),
    _w(12, "ring", severity="urgent"),
    _w(35, "find out", severity="urgent"),
    _w(14, "answer", group="consultations"),
    _w(70, "answer", group="consultations", content="other"),
    _w(5 * HOURS, "start", severity="general"),
    _w(30 * HOURS, "start", content="service"),
    _w(28 * HOURS, "find out", content="other"),
    _w(2 * DAYS, "approval", "approval", severity="general"),
    _w(3 * HOURS, "approval", "approval", severity="urgent"),
    _w(2 * DAYS, "help", "help", content="service"),
    _w(2 * DAYS, "waiting", "waiting", content="device", severity="general"),
    _w(3 * DAYS, "answer", content="service"),
    _w(3 * DAYS, "carry out", content="other"),
    _w(4 * DAYS, "finish", content="service"),
    _w(6 * HOURS, "finish", severity="urgent"),
    _w(5 * DAYS, "callback", content="device", severity="general"),
    _w(8 * DAYS, "callback", content="service"),
    _w(6 * DAYS, "close", content="other"),
    _w(1 * DAYS, "assess", group="valued"),
    _w(4 * HOURS, "merge", "again", content="device", severity="general"),
    _w(3 * DAYS, "", "again", content="service"),
    _w(9 * DAYS, "", "unsatisfied", content="device", severity="general"),
    _w(20 * DAYS, "", "reopened", content="device", severity="urgent"),
    _w(30 * HOURS, "", "withdrawn", content="service"),
    _w(10 * DAYS, "", "late triage", content="device", severity="general"),
    _w(12 * DAYS, "", "declined", content="service"),
    _w(14 * DAYS, "", "handover", content="device", severity="general"),
    _w(26 * HOURS, "", "quiet", group="consultations"),
    _w(40 * HOURS, "", "quiet", group="valued", kind="praise"),
)


def desk_plans(
    clients: Sequence[Client], luck: Random, *, now: datetime, calendar: Calendar
) -> Iterator[Plan]:
    """The plans of the desk; each goes fast to where it waits. Days are working days: nothing moves in a holiday."""
    for waiting in DESK:
        own_luck = Random(luck.random())  # noqa: S311 - a story, not a secret
        fitting = matters_of(**dict(waiting.which))  # type: ignore[arg-type] # the table above holds what fits
        yield draw(
            _received_at(waiting, now=now, calendar=calendar),
            clients,
            own_luck,
            matter=own_luck.choice(fitting),
            rush=0.25,
            hold=waiting.hold,
            force=waiting.force,
        )


def _received_at(waiting: Waiting, *, now: datetime, calendar: Calendar) -> datetime:
    if waiting.minutes < DAYS:
        return now - timedelta(minutes=waiting.minutes)
    return calendar.before(now, waiting.minutes * WORKING_DAY // DAYS)
