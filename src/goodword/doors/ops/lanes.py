"""The worker's lanes: what leaves the house is sent beside its work, so that nobody who hangs holds it up.

A way with something to send gets a thread, and another while messages still lie there at the next look, up to three.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime

import structlog
from django.db import close_old_connections, connection
from django.db.models import Q

from goodword.company.channels.actions.delivering import deliver
from goodword.company.channels.holding import is_held
from goodword.company.channels.queries import due_by
from goodword.company.channels.registry import outside

MOST_OF_A_WAY = 3
MOST = 12
ENDS_WITHIN = 5.0

log = structlog.get_logger(__name__)


class Lanes:
    """The threads of one worker that send by ways out of the house."""

    def __init__(self, worker: str, *, now: Callable[[], datetime], is_stopping: Callable[[], bool]) -> None:
        self.worker = worker
        self.now = now
        self.is_stopping = is_stopping
        self._threads: dict[threading.Thread, str] = {}

    def look(self) -> None:
        """Open a lane for each way that has something to send and may have another. One query or two."""
        self._threads = {thread: way for thread, way in self._threads.items() if thread.is_alive()}
        ways = outside()
        if not ways or is_held():
            return
        running = list(self._threads.values())
        for way in sorted(due_by(ways, at=self.now()), key=running.count):
            if len(self._threads) < MOST and running.count(way) < MOST_OF_A_WAY:
                thread = threading.Thread(target=self._run, args=(way,), name=f"lane-{way}", daemon=True)
                self._threads[thread] = way
                thread.start()

    def end(self) -> None:
        """Wait a little for what is under way; what is cut off is taken over when its lease ends."""
        for thread in self._threads:
            thread.join(ENDS_WITHIN)

    def _run(self, way: str) -> None:
        """Send by one way, message by message, until nothing is due."""
        try:
            while not self.is_stopping() and not is_held() and due_by([way], at=self.now()):
                deliver(now=self.now(), worker=self.worker, limit=1, which=Q(way=way))
                close_old_connections()
        except Exception:
            log.exception("a lane came to an end", way=way)
        finally:
            connection.close()
