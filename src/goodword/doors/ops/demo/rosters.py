"""Who is on shift, on call and away, two weeks back and two weeks on."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from goodword.base.people.actions.rosters import add_shift, go_away
from goodword.base.people.actors import SYSTEM
from goodword.base.people.models import Account

ROUND_THE_DESK = ("intake1", "intake2", "intake3", "intake4")
ENGINEERS = ("engineer1", "engineer2", "engineer3", "supporter1")
CALLERS = ("callback1", "callback2", "callback3")
WEEKS = 2
SATURDAY = 5


def write_rosters(people: dict[str, Account], *, now: datetime) -> None:
    """Shifts round the clock at the intake desk, day shifts for callbacks, an engineer on call each night."""
    today = now.astimezone(_zone()).date()
    for number in range(-7 * WEEKS, 7 * WEEKS):
        day, turn = today + timedelta(days=number), number + 7 * WEEKS
        desk = [people[ROUND_THE_DESK[(turn + place) % 4]] for place in range(3)]
        for account, (begin, hours) in zip(desk, ((8, 8), (14, 8), (22, 10)), strict=True):
            _shift(account, day, begin, hours, kind="on_call" if begin == 22 else "shift")
        _shift(people[ENGINEERS[turn % 4]], day, 18, 14, kind="on_call")
        if day.weekday() < SATURDAY:
            for username in CALLERS:
                _shift(people[username], day, 9, 9)


def send_away(people: dict[str, Account], *, now: datetime) -> None:
    """Two are away, each with a stand-in: one since yesterday, one from next week on."""
    absences = (
        ("financehead", "finance1", now - timedelta(days=1), 4, "培训"),
        ("sales2", "sales1", now + timedelta(days=5), 3, "年假"),
    )
    for away, stand_in, since, days, reason in absences:
        go_away(
            people[away],
            stand_in=people[stand_in],
            starts_at=since,
            ends_at=since + timedelta(days=days),
            reason=reason,
            by=SYSTEM,
        )


def _shift(account: Account, day: date, begin: int, hours: int, *, kind: str = "shift") -> None:
    starts_at = datetime.combine(day, time(begin), _zone())
    add_shift(account, starts_at=starts_at, ends_at=starts_at + timedelta(hours=hours), kind=kind, by=SYSTEM)


def _zone() -> ZoneInfo:
    return ZoneInfo(settings.TIME_ZONE)
