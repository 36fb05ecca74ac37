"""A worker's sign of life, by the database's clock."""

from __future__ import annotations

import time
from datetime import timedelta

from goodword.base.core import clock
from goodword.base.core.models import Heartbeat

EVERY = timedelta(seconds=5)


class Pulse:
    """Writes the heartbeat of one worker, at most every five seconds."""

    def __init__(self, worker: str) -> None:
        self.worker = worker
        self._next = 0.0

    def start(self) -> None:
        """Say that the worker is there; it has not worked yet."""
        now = clock.database_now()
        values = {"started_at": now, "beaten_at": now, "ticked_at": None}
        Heartbeat.objects.update_or_create(worker=self.worker, defaults=values)
        self._next = 0.0

    def beat(self) -> None:
        """Say that work is going on: after each pass, and between rows of a long one."""
        if time.monotonic() < self._next:
            return
        now = clock.database_now()
        values = {"beaten_at": now, "ticked_at": now, "clock_ahead": (clock.now() - now).total_seconds()}
        if not Heartbeat.objects.filter(worker=self.worker).update(**values):
            Heartbeat.objects.create(worker=self.worker, started_at=now, **values)
        self._next = time.monotonic() + EVERY.total_seconds()
