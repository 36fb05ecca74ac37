"""Several waiting writes, one flush to the disk: each its own savepoint, all acknowledged after the one commit.

SQLite has one writer at a time, and a commit waits for the disk (synchronous=FULL): with four callers, three wait for
flushes that are not theirs. So the writes of one process that come in while the disk is at work go together into the
next transaction. Nothing is promised earlier: a caller hears of its write, done or refused, when the transaction it
was part of is on the disk; when that fails, every one of them failed. PostgreSQL's server does this by itself.
"""

from __future__ import annotations

import os
import queue
import threading
import time
from collections.abc import Callable
from contextvars import Context, copy_context
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, TypeVar

from django.db import OperationalError, connection
from django.utils import translation

from .connections import forget_replaced_file
from .transactions import one_fact

Result = TypeVar("Result")
MOST_TOGETHER = 32
LONGEST_TOGETHER = 0.05
"""Seconds after which no further write joins: the worker's process waits for its turn too."""


def committed(act: Callable[[], Result]) -> Result:
    """What `act` returns, run in one transaction and safely written; what it raises, with nothing written.

    It runs in the thread that writes, in the caller's language and with the caller's context for the log. Inside a transaction already, and
    on PostgreSQL, it runs here.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        with one_fact():
            return act()
    result: Result = _writer(os.getpid()).do(act)
    return result


@dataclass(slots=True)
class _Job:
    act: Callable[[], Any]
    context: Context = field(default_factory=copy_context)
    language: str = field(default_factory=lambda: translation.get_language() or "")
    done: threading.Event = field(default_factory=threading.Event)
    result: Any = None
    error: BaseException | None = None

    def run(self) -> None:
        """Do it in a savepoint of its own: when it fails, it alone is undone."""
        try:
            with one_fact():
                self.result = self.context.run(self._spoken)
        except Exception as error:
            self.error = error

    def _spoken(self) -> Any:
        """In the caller's language, which Django ties to the thread."""
        with translation.override(self.language or None):
            return self.act()


@lru_cache(maxsize=1)
def _writer(_process: int) -> _Writer:
    return _Writer()


class _Writer:
    """The thread that writes for this process."""

    def __init__(self) -> None:
        self._waiting: queue.SimpleQueue[_Job] = queue.SimpleQueue()
        threading.Thread(target=self._work, name="writer", daemon=True).start()

    def do(self, act: Callable[[], Any]) -> Any:
        """Have it done; returns when it is on the disk."""
        job = _Job(act)
        self._waiting.put(job)
        job.done.wait()
        if job.error is not None:
            raise job.error
        return job.result

    def _work(self) -> None:
        while True:
            self._together(self._waiting.get())

    def _together(self, first: _Job) -> None:
        """`first` and whoever is waiting, in one transaction."""
        group = [first]
        try:
            forget_replaced_file()
            with one_fact():
                self._run(group)
        except BaseException as failure:  # of the commit, or of the transaction as a whole: it is everybody's
            for job in group:
                job.error = job.error or failure
            connection.close()
        finally:
            for job in group:
                job.done.set()

    def _run(self, group: list[_Job]) -> None:
        until = time.monotonic() + LONGEST_TOGETHER
        job: _Job | None = group[0]
        while job is not None:
            job.run()
            _require_whole(job)
            may_join = len(group) < MOST_TOGETHER and time.monotonic() < until
            job = self._next() if may_join else None
            if job is not None:
                group.append(job)

    def _next(self) -> _Job | None:
        try:
            return self._waiting.get_nowait()
        except queue.Empty:
            return None


def _require_whole(job: _Job) -> None:
    """Raise where the transaction did not survive a write: SQLite undoes all of it when the disk is full."""
    if connection.needs_rollback or not connection.connection.in_transaction:
        raise job.error or OperationalError("the transaction was lost")
