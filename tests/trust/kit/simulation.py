"""Days of a company in minutes: one system clock that is moved on when nobody does anything, and moved about.

While something is being done the clock runs on as it does; so the time that work takes counts, the time in which
nothing happens costs nothing.
"""

from __future__ import annotations

import heapq
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import time_machine
from django.db.models import Max

from goodword.base.core import clock
from goodword.company.channels.models import OutboxMessage
from goodword.doors.ops.worker import PASS_EVERY, Worker
from goodword.engine.journal.models import Entry
from goodword.engine.obligations import ticking
from goodword.engine.obligations.models import Obligation

JOBS_EVERY = timedelta(minutes=30)
AT_ONCE = 200
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Look:
    """A pass after which nothing was left to fire: when it began, and how far the journal had come before and after."""

    began_at: datetime
    before: int
    after: int


@dataclass
class Simulation:
    """The clock, what is planned, and the workers. `looks`: every pass that caught up; `odd`: spans of time in which
    lateness says nothing (the worker was away, or the clock was moved)."""

    traveller: Any
    chance: random.Random
    workers: list[Worker]
    planned: list[tuple[datetime, int, Callable[[datetime], None]]] = field(default_factory=list)
    looks: list[Look] = field(default_factory=list)
    odd: list[tuple[datetime, datetime]] = field(default_factory=list)
    is_up: bool = True
    way: Callable[[Simulation], None] | None = None
    _number: Iterator[int] = field(default_factory=count)
    _jobs_at: datetime = LONG_AGO

    def at(self, moment: datetime, act: Callable[[datetime], None]) -> None:
        """Plan an act."""
        heapq.heappush(self.planned, (moment, next(self._number), act))

    def later(self, wait: timedelta, act: Callable[[datetime], None]) -> None:
        """Plan an act for after a while."""
        self.at(clock.now() + wait, act)

    def move_to(self, moment: datetime) -> None:
        """Nothing happens until then."""
        if moment > clock.now():
            self.traveller.move_to(moment)

    def step_clock(self, by: timedelta) -> None:
        """Somebody, or a time server, sets the system's clock."""
        before = clock.now()
        self.traveller.shift(by)
        self.odd.append((min(before, clock.now()) - PASS_EVERY, max(before, clock.now()) + PASS_EVERY))

    def run_until(self, end: datetime) -> None:
        """Everything planned and everything due until `end`, in order."""
        while True:
            act_at = self.planned[0][0] if self.planned else end
            wake = self._next_wake() if self.is_up else None
            tick_at = end if wake is None else max(wake, clock.now()) + self.chance.random() * PASS_EVERY
            if min(act_at, tick_at) >= end:
                self.move_to(end)
                return
            self.move_to(min(act_at, tick_at))
            if act_at <= tick_at:
                heapq.heappop(self.planned)[2](clock.now())
            else:
                self.work()

    def work(self) -> None:
        """One pass, in the way that is the fashion now; every half hour with all that a worker does."""
        before, began_at = newest(), clock.now()
        if self.way is not None:
            self.way(self)
        elif clock.now() >= self._jobs_at:
            self._jobs_at = clock.now() + JOBS_EVERY
            for worker in self.workers:
                while worker.one_pass():
                    pass
        else:
            ticking.tick(now=clock.now(), limit=AT_ONCE)
        if not ticking.due_now(now=began_at, limit=1):
            self.looks.append(Look(began_at, before, newest()))

    def catch_up(self) -> tuple[int, float]:
        """Until nothing is due: (alarms written, seconds it took by the clock)."""
        before, began_at = newest(), clock.now()
        while ticking.due_now(now=clock.now(), limit=1):
            self.work()
        written = Entry.objects.filter(pk__gt=before, kind__startswith="obligation.").count()
        return written, (clock.now() - began_at).total_seconds()

    def deliver_all(self) -> None:
        """All notices that wait are put into inboxes."""
        while OutboxMessage.objects.exclude(state="sent").filter(next_at__lte=clock.now()).exists():
            for worker in self.workers:
                worker.one_pass()

    def _next_wake(self) -> datetime | None:
        waking = Obligation.objects.filter(wake_at__isnull=False).order_by("wake_at")
        return waking.values_list("wake_at", flat=True).first()


def two_at_once(simulation: Simulation) -> None:
    """Two workers see the same rows; the second comes to each when the first has been there."""
    seen = [ticking.due_now(now=clock.now(), limit=AT_ONCE) for _ in simulation.workers]
    for rows in seen:
        for row in rows:
            ticking.fire(row, now=clock.now())


def slowly(simulation: Simulation) -> None:
    """A worker that sees what is due and then stalls; others act on the very cases meanwhile."""
    now, rows = clock.now(), ticking.due_now(now=clock.now(), limit=AT_ONCE)
    simulation.move_to(now + timedelta(seconds=30))
    simulation.odd.append((now - timedelta(seconds=30), clock.now()))
    while simulation.planned and simulation.planned[0][0] <= clock.now():
        heapq.heappop(simulation.planned)[2](clock.now())
    for row in rows:
        ticking.fire(row, now=now)


def newest() -> int:
    """How far the journal has come."""
    return Entry.objects.aggregate(last=Max("pk"))["last"] or 0


@contextmanager
def simulated(start: datetime, chance: random.Random) -> Iterator[Simulation]:
    """A company at `start`, with two workers that go by its clock."""
    with time_machine.travel(start, tick=True) as traveller:
        yield Simulation(traveller, chance, [Worker(name=name, now=clock.now) for name in "ab"])
