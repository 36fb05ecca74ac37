"""Workers that die holding a lease, or sleep past it and wake: taken over within a minute, and nothing done twice.

Real processes, killed or stopped by SIGSTOP. The first two simulate the time that passes, so that nobody waits; in
the third a real worker sleeps while another one works; the last (size slow) waits for the leases of one that died.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, connections
from tests.trust.kit.nursery import Nursed
from tests.trust.kit.under_load import Load

from goodword.base.core import clock
from goodword.base.core.transactions import one_fact
from goodword.company.channels.actions.delivering import deliver
from goodword.company.channels.actions.notifying import queue_message
from goodword.company.channels.claiming import LEASE_FOR
from goodword.company.channels.models import OutboxMessage
from goodword.company.channels.ways import Way
from goodword.doors.ops import leases

SECOND = timedelta(seconds=1)


def pause() -> None:
    """Stop this process until somebody lets it go on."""
    os.kill(os.getpid(), signal.SIGSTOP)


def stopped_in(act: Callable[[], int]) -> int:
    """Fork a process that does `act`; its id, once it has stopped itself. Its exit code will be what `act` returns."""
    connections.close_all()
    if connection.vendor == "postgresql":
        connection.close_pool()  # type: ignore[attr-defined]  # only PostgreSQL's has one
    child = os.fork()
    if not child:
        code = 99
        try:
            code = act()
        finally:
            os._exit(code)
    _, status = os.waitpid(child, os.WUNTRACED)
    assert os.WIFSTOPPED(status), f"it ended with {os.waitstatus_to_exitcode(status)}"
    return child


def awake(child: int) -> int:
    """Let it go on to its end; its exit code."""
    os.kill(child, signal.SIGCONT)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@pytest.mark.django_db(transaction=True)
def test_a_sender_that_wakes_after_its_lease_cannot_record() -> None:
    now, sent = clock.now(), []
    with one_fact():
        queue_message("post", payload={}, at=now, dedupe_key="letter")

    def stop(message: OutboxMessage, at: Any) -> None:
        pause()
        raise ConnectionError("it woke up to a broken line")

    def asleep() -> int:
        return deliver(now=now, worker="a", ways={"post": Way("post", stop, repeatable=True)})

    sleeper = stopped_in(asleep)
    ways = {"post": Way("post", lambda message, at: sent.append(message.dedupe_key), repeatable=True)}
    assert deliver(now=now + LEASE_FOR - SECOND, worker="b", ways=ways) == 0, "the lease still holds"
    assert deliver(now=now + LEASE_FOR, worker="b", ways=ways) == 1
    assert awake(sleeper) == 0, "it recorded a sending"
    message = OutboxMessage.objects.get()
    assert (message.state, message.attempts, message.last_error) == ("sent", 2, "")
    assert sent == ["letter"]


@pytest.mark.django_db(transaction=True)
def test_a_job_that_wakes_after_its_lease_cannot_settle_it() -> None:
    def asleep() -> int:
        held = leases.take("job:paused", holder="a", last=0.3 * SECOND)
        assert held
        pause()
        return int(leases.settle(held, until=clock.now()))

    sleeper = stopped_in(asleep)
    time.sleep(0.4)
    second = leases.take("job:paused", holder="b", last=30 * SECOND)
    assert second
    assert awake(sleeper) == 0, "it settled what was not its own any more"
    assert leases.take("job:paused", holder="c", last=SECOND) is None, "b still holds it"
    assert leases.settle(second, until=clock.now())


def test_while_a_worker_is_stopped_another_does_its_work_and_nothing_is_done_twice(load: Load) -> None:
    load.begin(lasting=5)
    assert load.await_writes(5, within=60)
    stop_between_transactions(load)
    other = Nursed(load.place, ("worker",), load.place.folder / "other.log", nursery=load.worker.nursery)
    other.start()
    try:
        time.sleep(4)
        assert load.await_writes(5, within=30), "nobody can write while a worker is stopped"
        os.killpg(load.worker.pid, signal.SIGCONT)
        time.sleep(2)
        load.end()
    finally:
        other.stop()


@pytest.mark.slow
def test_what_a_killed_worker_held_is_taken_over_within_a_minute(load: Load) -> None:
    held = load.ask("hold_and_die()")
    begun = time.monotonic()
    load.worker.start()
    while True:
        left, took = load.ask("still_held()"), time.monotonic() - begun
        if not any(left.values()):
            break
        assert took < 60, f"still held after {took:.0f} s: {left}"
        time.sleep(0.5)
    print(f"{held['messages']} messages and {held['jobs']} jobs taken over within {took:.0f} s")
    assert (held["messages"], held["jobs"]) == (3, 2)


def stop_between_transactions(load: Load) -> None:
    """Stop the worker at a moment when it holds no lock: on SQLite all others would wait for it, as they should."""
    for _ in range(50):
        os.killpg(load.worker.pid, signal.SIGSTOP)
        if load.await_writes(2, within=3) >= 2:
            return
        os.killpg(load.worker.pid, signal.SIGCONT)
        time.sleep(0.05)
    raise AssertionError("the worker could never be stopped outside a transaction")
