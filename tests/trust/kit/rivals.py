"""Several at once: threads and processes that begin at the same moment, each on a connection of its own."""

from __future__ import annotations

import multiprocessing
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection, connections

from goodword.base.core.errors import DomainError

Act = Callable[[int], Any]


def outcome(act: Act, number: int) -> str:
    """What became of it: `won`, the name of the domain error, or everything about any other error."""
    try:
        act(number)
    except DomainError as refusal:
        return type(refusal).__name__
    except Exception:
        return traceback.format_exc()
    return "won"


def threads(act: Act, count: int) -> list[str]:
    """The outcomes of `act(0)`, `act(1)` … begun together in threads."""
    start = Barrier(count)

    def one(number: int) -> str:
        try:
            start.wait(timeout=60)
            return outcome(act, number)
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


def processes(act: Act, count: int) -> list[str]:
    """The same with processes: forked, so that they know what the test knows, but share no connection."""
    connections.close_all()
    if connection.vendor == "postgresql":
        connection.close_pool()  # type: ignore[attr-defined]
    fork = multiprocessing.get_context("fork")
    start, answers = fork.Barrier(count), fork.SimpleQueue()

    def one(number: int) -> None:
        start.wait(timeout=60)
        answers.put(outcome(act, number))
        connections.close_all()

    children = [fork.Process(target=one, args=(number,)) for number in range(count)]
    for child in children:
        child.start()
    found = [answers.get() for _ in children]
    for child in children:
        child.join(30)
    return found
