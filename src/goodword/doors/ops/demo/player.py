"""Plays all cases at once, in the order in which things happened, with the worker's tick in between."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta

from django.db import connection

from goodword.base.core.errors import DomainError
from goodword.base.core.transactions import one_fact
from goodword.engine.obligations import ticking
from goodword.engine.obligations.models import Obligation

Course = Iterator[datetime]
"""A case's way, step by step: it yields when it goes on next, and acts when it is resumed."""
TOGETHER = timedelta(minutes=1)
"""Alarms this close are rung in one pass; each keeps its own moment."""


class Player:
    """The stage manager. `refused` keeps what the rules did not allow: none, unless a course is wrong."""

    def __init__(self, *, until: datetime) -> None:
        self.until = until
        self.refused: list[DomainError] = []
        self._waiting: list[tuple[datetime, int, Course]] = []
        self._next = 0

    def add(self, course: Course) -> None:
        """A course whose first moment is asked for now; what lies after the end is not played."""
        self._resume(course, counted=False)

    def play(self, *, batch: timedelta, marks: Sequence[tuple[datetime, Callable[[], object]]] = ()) -> None:
        """Everything up to the end, one transaction per `batch` of simulated time.

        marks: (moment, what is done when it comes), in order.
        """
        left = list(marks)
        while self._waiting and self._waiting[0][0] <= self.until:
            begin = self._waiting[0][0]
            while left and left[0][0] <= begin:
                self._mark(*left.pop(0))
            end = min(begin + batch, self.until, *(moment for moment, _ in left[:1]))
            with one_fact():
                self._play_until(end)
        for mark in left:
            self._mark(*mark)
        with one_fact():
            self._let_time_pass(self.until)

    def _mark(self, moment: datetime, act: Callable[[], object]) -> None:
        with one_fact():
            self._let_time_pass(moment)
        act()

    def _play_until(self, end: datetime) -> None:
        while self._waiting and self._waiting[0][0] <= end:
            at, _, course = heapq.heappop(self._waiting)
            self._let_time_pass(at)
            self._resume(course, counted=True)

    def _resume(self, course: Course, *, counted: bool) -> None:
        try:
            with one_fact():
                at = next(course, None)
        except DomainError as refusal:
            if not counted:
                raise
            self.refused.append(refusal)
            return
        if at is not None:
            self._next += 1
            heapq.heappush(self._waiting, (at, self._next, course))

    def _let_time_pass(self, at: datetime) -> None:
        """Ring every alarm up to `at`, close to the moment at which it falls due."""
        while _something_wakes(at):
            wake_at = Obligation.objects.filter(wake_at__isnull=False).earliest("wake_at").wake_at
            assert wake_at is not None  # the filter says so
            ticking.tick(now=min(at, wake_at + TOGETHER))


def _something_wakes(at: datetime) -> bool:
    """Whether an alarm is due. Asked before each of many thousand steps, so it is not built anew each time."""
    moment = connection.ops.adapt_datetimefield_value(at.astimezone(UTC))
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM obligations_obligation WHERE wake_at <= %s LIMIT 1", [moment])
        return cursor.fetchone() is not None
