"""The worker: does what falls due, one small transaction at a time, as many workers as one likes.

A pass: obligations that time acts on, messages to be sent, jobs of the clock; mailboxes are watched beside it. It may
be killed at any moment: what was begun is either committed or not there, and whoever comes next goes on.
"""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

import structlog
from django.db import InterfaceError, OperationalError, close_old_connections
from django.db.models import Q

from goodword.base.core import clock
from goodword.company.channels.actions.delivering import deliver
from goodword.company.channels.registry import outside
from goodword.engine.obligations import ticking
from goodword.engine.obligations.models import Obligation

from .heartbeat import Pulse
from .jobs import run_due
from .lanes import Lanes
from .mailroom import Mailroom

PASS_EVERY = timedelta(seconds=2)
AT_ONCE = 200
"""Rows per pass: after so many the other kinds of work have their turn."""
REST = timedelta(seconds=5)
LONGEST_REST = timedelta(minutes=10)

log = structlog.get_logger(__name__)


def worker_name() -> str:
    """host:process, as it stands in heartbeats and leases."""
    return f"{socket.gethostname()}:{os.getpid()}"[:120]


class Worker:
    """One worker. `now` is the clock it goes by, the database's; `stop()` lets it end after the row in hand."""

    def __init__(self, *, name: str = "", now: Callable[[], datetime] = clock.database_now) -> None:
        self.name = name or worker_name()
        self.now = now
        self.pulse = Pulse(self.name)
        self.lanes: Lanes | None = None
        self.mailroom = Mailroom(worker=self.name, now=now)
        self._stopping = threading.Event()
        self._resting: dict[object, tuple[int, datetime]] = {}

    def stop(self) -> None:
        """End after the row in hand."""
        self._stopping.set()

    def run(self) -> None:
        """Work until told to stop. A database that is away is waited for."""
        log.info("worker begins", worker=self.name)
        started = False
        self.lanes = Lanes(self.name, now=self.now, is_stopping=self._stopping.is_set)
        while not self._stopping.is_set():
            try:
                if not started:
                    self.pulse.start()
                    started = True
                moved = self.one_pass()
                self.mailroom.look()
                self._stopping.wait(0 if moved >= AT_ONCE else self._idle_for())
            except (OperationalError, InterfaceError) as problem:
                log.warning("the database is away", problem=str(problem).strip()[:200])
                self._stopping.wait(PASS_EVERY.total_seconds())
            finally:
                close_old_connections()
        self.lanes.end()
        self._close()
        log.info("worker ends", worker=self.name)

    def _close(self) -> None:
        with suppress(OperationalError, InterfaceError):  # its leases run out by themselves
            self.mailroom.close()

    def one_pass(self) -> int:
        """Everything that is due now, at most AT_ONCE of each kind; returns how many rows moved."""
        moved = self._fire_due()
        if not self._stopping.is_set():
            moved += self._deliver()
        if not self._stopping.is_set():
            run_due(worker=self.name, now=self.now())
        self.pulse.beat()
        return moved

    def _deliver(self) -> int:
        """Send what is due: all of it, or, where lanes run, what stays in this database, while they do the rest."""
        if self.lanes is None:
            return deliver(now=self.now(), worker=self.name, limit=AT_ONCE)
        inside = ~Q(way__in=outside())
        moved = deliver(now=self.now(), worker=self.name, limit=AT_ONCE, which=inside)
        self.lanes.look()
        return moved

    def _fire_due(self) -> int:
        """Fire together what is due; where one of them fails, one by one, so that it holds up no other."""
        now, moved = self.now(), 0
        due = ticking.due_now(now=now, limit=AT_ONCE + len(self._resting))
        rows = [row for row in due if not self._rests(row, now)][:AT_ONCE]
        if not self._resting:
            try:
                return ticking.fire_together(rows, now=now)
            except (OperationalError, InterfaceError):
                raise
            except Exception:
                log.exception("obligations are moved on one by one", count=len(rows))
        for row in rows:
            if self._stopping.is_set():
                break
            moved += self._fire(row, now)
            self.pulse.beat()
        return moved

    def _fire(self, row: Obligation, now: datetime) -> bool:
        """Fire one; a row that fails rests for a while, longer each time, and holds up no other."""
        try:
            fired = ticking.fire(row, now=now)
        except (OperationalError, InterfaceError):
            raise
        except Exception:
            failures = self._resting.get(row.pk, (0, now))[0] + 1
            again_at = now + min(REST * 2 ** min(failures, 10), LONGEST_REST)
            self._resting[row.pk] = (failures, again_at)
            log.exception("an obligation cannot be moved on", obligation=str(row.pk), failures=failures)
            return False
        self._resting.pop(row.pk, None)
        return fired

    def _rests(self, row: Obligation, now: datetime) -> bool:
        return row.pk in self._resting and self._resting[row.pk][1] > now

    def _idle_for(self) -> float:
        """Seconds until there is something to do: until the next obligation wakes, at most one interval."""
        wakes = Obligation.objects.filter(wake_at__isnull=False).order_by("wake_at")
        wake_at = wakes.values_list("wake_at", flat=True).first()
        if wake_at is None or self._resting:
            return PASS_EVERY.total_seconds()
        return min(max((wake_at - self.now()).total_seconds(), 0.02), PASS_EVERY.total_seconds())
