"""Business time against looking at every minute: thousands of random calendars, with pauses and make-up days, no differences.

A calendar is laid out as one byte a minute over some weeks; amounts are counted off on it. GOODWORD_SEED repeats a run.
"""

from __future__ import annotations

import os
import random
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from goodword.base.worktime.allowance import Allowance, due_for, used_for
from goodword.base.worktime.calendar import Calendar, compiled
from goodword.base.worktime.document import WEEKDAYS
from goodword.base.worktime.holidays_cn import with_statutory_days

CALENDARS = {"quick": 400, "slow": 5_000, "full": 50_000}
DAYS = 28
MINUTES = 24 * 60
ZONES = ("Asia/Shanghai", "Asia/Shanghai", "Asia/Kathmandu", "UTC")
USUAL = [["09:00", "12:00"], ["13:30", "18:00"]]


@dataclass
class Laid:
    """A calendar, minute by minute from midnight of `first` on. open, running: 1 where it is open, and not paused."""

    calendar: Calendar
    midnight: datetime
    open: bytearray
    running: bytearray
    pauses: list[tuple[datetime, datetime]]

    def at(self, minute: int) -> datetime:
        """The moment at which a minute begins."""
        return self.midnight + timedelta(minutes=minute)


def clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def hours(chance: random.Random) -> list[list[str]]:
    """A day's windows: none, all day, the usual, or up to three at any minute."""
    kind = chance.random()
    if kind < 0.2:
        return []
    if kind < 0.3:
        return [["00:00", "24:00"]]
    if kind < 0.5:
        return USUAL
    edges = sorted(chance.sample(range(MINUTES + 1), 2 * chance.randint(1, 3)))
    return [[clock(a), clock(b)] for a, b in zip(edges[::2], edges[1::2], strict=True)]


def a_document(chance: random.Random, first: date) -> dict[str, Any]:
    """A week with exceptions: China's own days for half of them, days drawn at random for the others."""
    week = {name: hours(chance) for name in WEEKDAYS if chance.random() < 0.85}
    if not any(week.values()):
        week["wed"] = USUAL
    if chance.random() < 0.5:
        document = with_statutory_days(week, make_up_hours=hours(chance) or USUAL)
        near = {(first + timedelta(days=n)).isoformat() for n in range(-2, 4 * DAYS)}
        return {**document, "dates": {d: w for d, w in document["dates"].items() if d in near}}
    days = (first + timedelta(days=chance.randrange(DAYS)) for _ in range(chance.randrange(8)))
    dates = {day.isoformat(): hours(chance) for day in days}
    return {"timezone": chance.choice(ZONES), "week": week, "dates": dates}


def lay(chance: random.Random) -> Laid:
    """A random calendar over some weeks between 2010 and 2026, and pauses in it."""
    first = date(2010, 1, 1) + timedelta(days=chance.randrange(365 * 17))
    document = a_document(chance, first)
    is_open = bytearray(DAYS * MINUTES)
    for number in range(DAYS):
        day = first + timedelta(days=number)
        listed = document["dates"].get(day.isoformat(), document["week"].get(WEEKDAYS[day.weekday()], []))
        for opens, closes in listed:
            a, b = (int(text[:2]) * 60 + int(text[3:]) for text in (opens, closes))
            is_open[number * MINUTES + a : number * MINUTES + b] = b"\x01" * (b - a)
    running, pauses = bytearray(is_open), []
    midnight = datetime.combine(first, time(), ZoneInfo(document["timezone"]))
    for _ in range(chance.randrange(4)):
        a = chance.randrange(len(is_open) - 1)
        b = min(a + chance.randrange(1, 4 * MINUTES), len(is_open))
        running[a:b] = bytes(b - a)
        pauses.append((midnight + timedelta(minutes=a), midnight + timedelta(minutes=b)))
    return Laid(compiled(document), midnight, is_open, running, pauses)


def counted_off(running: bytearray, start: int, amount: int) -> int | None:
    """The minute at whose beginning `amount` running minutes from `start` are used up; None beyond what was laid."""
    at = start
    while amount:
        at = running.find(1, at)
        if at < 0:
            return None
        closes = running.find(0, at)
        closes = len(running) if closes < 0 else closes
        step = min(amount, closes - at)
        at, amount = at + step, amount - step
    return at


def working_day(laid: Laid, start: int, days: int) -> int | None:
    """The end of hours of the `days`-th open day after the one of `start`."""
    day = start // MINUTES
    while days:
        day += 1
        if day >= DAYS:
            return None
        days -= 1 in laid.open[day * MINUTES : (day + 1) * MINUTES]
    return laid.open.rfind(1, day * MINUTES, (day + 1) * MINUTES) + 1


def stretched(laid: Laid, start: int, base: int) -> int | None:
    """A working day's end moved on by the open time paused before it, until that is stable."""
    at: int | None = base
    while at is not None:
        missed = laid.open.count(1, start, at) - laid.running.count(1, start, at)
        moved = counted_off(laid.open, base, missed)
        if moved == at:
            return at
        at = moved
    return None


def natural(laid: Laid, start: int, minutes: int) -> int:
    """Every minute counts but those that are paused."""
    still = bytearray(10 * len(laid.open))
    for a, b in laid.pauses:
        first, last = (int((moment - laid.midnight).total_seconds()) // 60 for moment in (a, b))
        still[first:last] = b"\x01" * (last - first)
    at = start
    while minutes:
        minutes -= not still[at]
        at += 1
    return at


def compare(laid: Laid, chance: random.Random, tried: Counter[str]) -> None:
    """One start, each clock: due and elapsed as counted, or beyond what was laid out."""
    start = chance.randrange(1, len(laid.open) // 2)
    begin = laid.at(start)
    amount = chance.choice([chance.randrange(1, 90), chance.randrange(1, 3000)])
    if (due := counted_off(laid.running, start, amount)) is not None:
        tried["working minutes"] += 1
        assert due_for(Allowance(amount, "wmin"), begin, laid.calendar, laid.pauses) == laid.at(due)
        assert laid.calendar.elapsed(begin, laid.at(due), laid.pauses) == amount * 60
    days = chance.randrange(1, 6)
    base = working_day(laid, start, days)
    if base is not None and (due := stretched(laid, start, base)) is not None:
        tried["working days"] += 1
        assert due_for(Allowance(days, "wd"), begin, laid.calendar, laid.pauses) == laid.at(due)
        assert due_for(Allowance(days, "wd"), begin, laid.calendar) == laid.at(base)
    tried["natural minutes"] += 1
    due = natural(laid, start, amount)
    assert due_for(Allowance(amount, "min"), begin, laid.calendar, laid.pauses) == laid.at(due)
    end = chance.randrange(start, len(laid.open))
    tried["elapsed"] += 1
    found = used_for(Allowance(1, "wh"), begin, laid.at(end), laid.calendar, laid.pauses)
    assert found == 60 * laid.running.count(1, start, end)
    assert laid.calendar.is_open(begin) == bool(laid.open[start])


def test_business_time_agrees_with_counting_minutes_on_random_calendars(request: pytest.FixtureRequest):
    seed = int(os.environ.get("GOODWORD_SEED") or random.SystemRandom().randrange(10**6))
    chance, tried = random.Random(seed), Counter[str]()
    number = CALENDARS[request.config.getoption("--size")]
    print(f"GOODWORD_SEED={seed}")
    for _ in range(number):
        laid = lay(chance)
        for _ in range(4):
            compare(laid, chance, tried)
    print(f"{number} calendars, {dict(tried)}, 0 differences")
    assert tried["working minutes"] > number
    assert tried["working days"] > number
