"""Days of simulated hours, thousands of cases, a clock that is set forward and back, a worker that stalls, dies, is away:
each alarm is there once, at its moment, and soon after it. `kit/oracle.py` says which there must be.
"""

from __future__ import annotations

import random
from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from tests.cast import make_cast
from tests.trust.kit.courses import Course
from tests.trust.kit.oracle import Clock, Oracle, close_to
from tests.trust.kit.simulation import Look, Simulation, simulated, slowly, two_at_once

from goodword.base.core import clock
from goodword.company.channels.models import Notice
from goodword.engine.journal.models import Entry
from goodword.engine.journal.verifying import verify
from goodword.engine.policy.queries import all_clauses

SHANGHAI = ZoneInfo("Asia/Shanghai")
START = datetime(2026, 2, 12, 9, 0, tzinfo=SHANGHAI)
"""Before the Spring Festival of a year with make-up Saturdays: 14 February is worked, 16 to 23 are not."""
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


@dataclass(frozen=True)
class Size:
    """How long, how many cases, how long the worker is away, and how many alarms are caught up at least so fast."""

    lasts: timedelta
    cases: int
    away: timedelta


SIZES = {
    "quick": Size(timedelta(hours=2), 45, timedelta(minutes=40)),
    "slow": Size(timedelta(hours=24), 2_000, timedelta(hours=8)),
    "full": Size(timedelta(hours=72), 10_000, timedelta(hours=24)),
}
OVERDUE, WITHIN = 10_000, 300
"""So many alarms are caught up in so many seconds; judged where there are enough of them to tell."""


@pytest.mark.django_db(transaction=True)
def test_each_alarm_comes_once_at_its_moment_whatever_happens_to_clock_and_worker(
    chance: random.Random, size: str
) -> None:
    plan, said = SIZES[size], Counter[str]()
    with simulated(START, chance) as simulation:
        cast = make_cast(START)
        for _ in range(plan.cases):
            course = Course(cast, chance, simulation.later, said)
            simulation.at(START + chance.random() * plan.lasts, course.begin)
        caught_up = live_through(simulation, plan)
        entries = list(Entry.objects.order_by("pk"))
        clocks = Oracle().clocks(entries)
        alarms = [e for e in entries if e.kind.startswith("obligation.")]
        assert_all_there(alarms, clocks, simulation.looks)
        late = lateness(alarms, simulation.odd)
        assert late["p99"] <= 10, late
        assert late["after a crash"] <= 60, late
        assert_one_digest_each()
        assert list(verify()) == []
    print(f"{plan.cases} cases, {len(entries)} entries, {len(alarms)} alarms, {late}, caught up {caught_up}, {dict(said)}")  # fmt: skip
    assert said["triage"] > plan.cases / 4
    if caught_up[0] >= OVERDUE / 4:
        assert caught_up[1] <= WITHIN * caught_up[0] / OVERDUE


CRASHES: list[tuple[datetime, datetime]] = []


def live_through(simulation: Simulation, plan: Size) -> tuple[int, float]:
    """The whole time with its mishaps; returns what was caught up after the worker had been away, and how fast."""

    def until(share: float) -> None:
        simulation.run_until(START + plan.lasts * share)

    CRASHES.clear()
    until(0.12)
    simulation.step_clock(10 * MINUTE)
    until(0.28)
    simulation.step_clock(-10 * MINUTE)
    until(0.32)
    crash(simulation)
    until(0.36)
    simulation.way = two_at_once
    until(0.44)
    simulation.way = slowly
    until(0.5)
    simulation.way = None
    simulation.is_up = False
    gone_at = clock.now()
    simulation.run_until(gone_at + plan.away)
    simulation.is_up = True
    caught_up = simulation.catch_up()
    simulation.odd.append((gone_at, clock.now()))
    simulation.deliver_all()
    until(1)
    simulation.catch_up()
    return caught_up


def crash(simulation: Simulation) -> None:
    """The worker dies; whoever watches over it starts another one three quarters of a minute later."""
    simulation.is_up = False
    died_at = clock.now()
    simulation.run_until(died_at + 45 * SECOND)
    simulation.is_up = True
    CRASHES.append((died_at, clock.now()))


def assert_all_there(alarms: list[Entry], clocks: list[Clock], looks: list[Look]) -> None:
    """Fired: none early, none twice, none that should not be, none missing."""
    fired: dict[Any, dict[Any, Entry]] = defaultdict(dict)
    for entry in alarms:
        f = entry.facts
        key = (entry.subject_id, f["clause"], f["round"], f["occurrence"], f["period"])
        name = (entry.kind, f.get("level", 0))
        assert name not in fired[key], f"twice: {entry}"
        assert entry.recorded_at >= entry.at, f"early: {entry}"
        fired[key][name] = entry
    seen = Seen(looks)
    for one in clocks:
        mine, expected = fired.pop(one.key, {}), one.moments()
        for name, entry in mine.items():
            assert name in expected, f"not owed: {entry} {one}"
            assert close_to(entry.at, expected[name]), (entry, entry.at, expected[name], one)
            over = one.ended_at is not None and entry.at > one.ended_at
            assert not over, f"after it had ended: {entry} {one}"
        for name, moment in expected.items():
            if name not in mine and seen.after(moment, one):
                raise AssertionError(f"never: {name} at {moment} of {one}")
        breach = expected.get(("obligation.breached", 0))
        if one.ended_at is not None and breach is not None and breach < one.ended_at:
            assert ("obligation.breached", 0) in mine, f"late and not journalled: {one}"
    assert not any(fired.values()), fired


class Seen:
    """Whether a worker caught up after a moment, while the duty was running all the time it worked: asked a hundred
    thousand times of as many looks, which stand in the journal's order and, but where the clock was set back, in time's.
    """

    def __init__(self, looks: list[Look]) -> None:
        self.looks = looks
        later = [n for n in range(1, len(looks)) if looks[n].began_at < looks[n - 1].began_at]
        self.spans = list(zip([0, *later], [*later, len(looks)], strict=True))

    def after(self, moment: datetime, one: Clock) -> bool:
        """The latest look of each span of time that lies wholly in the duty's life is late enough, or none is."""
        first = bisect_left(self.looks, one.began, key=lambda look: look.before)
        end = len(self.looks)
        if one.ended is not None:
            end = bisect_left(self.looks, one.ended, key=lambda look: look.after)
        return any(
            max(first, begins) < min(end, ends) and self.looks[min(end, ends) - 1].began_at >= moment + SECOND
            for begins, ends in self.spans
        )


def lateness(alarms: list[Entry], odd: list[tuple[datetime, datetime]]) -> dict[str, float]:
    """Seconds from an alarm's moment until it stood in the journal: in ordinary times, and around a crash."""
    usual, crashed = [], [0.0]
    for entry in alarms:
        if entry.facts.get("settled"):
            continue
        seconds = (entry.recorded_at - entry.at).total_seconds()
        if any(begin <= entry.at <= end for begin, end in CRASHES):
            crashed.append(seconds)
        elif not any(begin <= entry.at <= end for begin, end in odd):
            usual.append(seconds)
    usual.sort()
    assert len(usual) > 20, "too few alarms in ordinary times to tell"
    return {
        "p50": round(usual[len(usual) // 2], 1),
        "p99": round(usual[int(len(usual) * 0.99)], 1),
        "after a crash": round(max(crashed), 1),
    }


def assert_one_digest_each() -> None:
    """What was caught up is one line for each colleague; what rings alone does so."""
    ringing = {c.id for c in all_clauses().values() if c.binding is not None and c.binding.rings_alone}
    digests = Notice.objects.filter(digest=True)
    assert digests.exists()
    assert max(Counter(digests.values_list("account_id", flat=True)).values()) <= 2
    assert not any(ringing & notice.parts.keys() for notice in digests)
