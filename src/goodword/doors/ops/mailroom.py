"""Mailboxes are watched beside the worker's passes: each in a thread of its own, by one worker in the installation.

A mail server that hangs holds up its own thread and nothing else.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from goodword.company.channels.holding import is_held
from goodword.company.channels.mail.queries import watched
from goodword.company.channels.mail.watching import watch

from . import leases

LEASED_FOR = timedelta(seconds=60)
RENEWED_EVERY = 15.0
ENDS_WITHIN = 3.0
"""Seconds a worker that ends waits for its threads; what they were writing is then written or not there."""


@dataclass(slots=True)
class _Watched:
    held: leases.Held
    thread: threading.Thread
    stopping: threading.Event = field(default_factory=threading.Event)


class Mailroom:
    """One worker's share of the mailboxes."""

    def __init__(self, *, worker: str, now: Callable[[], datetime]) -> None:
        self._worker = worker
        self._now = now
        self._watched: dict[int, _Watched] = {}
        self._next = 0.0

    def look(self) -> None:
        """Begin to watch what nobody watches, go on with what is ours. One query where there is no mailbox."""
        if time.monotonic() < self._next:
            return
        wanted = watched()
        if wanted and is_held():  # a copy must not mark or move what the living installation is to read
            wanted = []
        for box_id, one in list(self._watched.items()):
            if box_id not in wanted or not one.thread.is_alive() or not self._renewed(one):
                self._let_go(box_id)
        for box_id in wanted:
            if box_id not in self._watched:
                self._begin(box_id)
        self._next = time.monotonic() + (RENEWED_EVERY if self._watched else 0.0)

    def close(self) -> None:
        """Stop watching; who comes next may begin at once."""
        for one in self._watched.values():
            one.stopping.set()
        ends = time.monotonic() + ENDS_WITHIN
        for box_id, one in list(self._watched.items()):
            one.thread.join(max(ends - time.monotonic(), 0.0))
            self._let_go(box_id)

    def _begin(self, box_id: int) -> None:
        held = leases.take(f"mailbox:{box_id}", holder=self._worker, last=LEASED_FOR)
        if held is None:
            return
        stopping = threading.Event()
        thread = threading.Thread(
            target=watch,
            args=(box_id, stopping),
            kwargs={"now": self._now},
            name=f"mailbox-{box_id}",
            daemon=True,
        )
        self._watched[box_id] = _Watched(held, thread, stopping)
        thread.start()

    def _renewed(self, one: _Watched) -> bool:
        return leases.settle(one.held, until=self._now() + LEASED_FOR)

    def _let_go(self, box_id: int) -> None:
        one = self._watched.pop(box_id)
        one.stopping.set()
        leases.settle(one.held, until=self._now())
