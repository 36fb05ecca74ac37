"""The journal is sealed and verified while others write: nothing looks forged that was only late."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.db import connection

from goodword.base.core.transactions import one_fact
from goodword.base.people.actors import SYSTEM
from goodword.engine.journal import sealing
from goodword.engine.journal.kinds import declare
from goodword.engine.journal.models import Entry
from goodword.engine.journal.recording import record
from goodword.engine.journal.verifying import verify

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
LATER = datetime(2099, 1, 1, tzinfo=UTC)
WRITTEN = declare("test.written", "测试", "Test")


def write(subject: str) -> None:
    with one_fact():
        record(WRITTEN, subject, by=SYSTEM, at=NOW)


def beside(work: Callable[[], None]) -> threading.Thread:
    """`work` in a thread with a connection of its own."""

    def run() -> None:
        try:
            work()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def test_an_entry_that_is_committed_late_comes_under_a_seal() -> None:
    begun = threading.Event()

    def slowly() -> None:
        with one_fact():
            record(WRITTEN, "slow", by=SYSTEM, at=NOW)
            begun.set()
            time.sleep(0.7)

    slow = beside(slowly)
    begun.wait()
    write("quick")
    sealing.seal(now=LATER)
    slow.join()
    sealing.seal(now=LATER)
    assert list(verify()) == []
    assert Entry.objects.count() == 2


def test_a_writer_that_takes_too_long_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("on SQLite the one writer is waited for as any other is")
    monkeypatch.setattr(sealing, "WAITS_FOR", 0.1)
    begun, ended = threading.Event(), threading.Event()

    def slowly() -> None:
        with one_fact():
            record(WRITTEN, "slow", by=SYSTEM, at=NOW)
            begun.set()
            ended.wait()

    slow = beside(slowly)
    begun.wait()
    write("quick")
    assert sealing.seal(now=LATER) is None
    write("quick")
    ended.set()
    slow.join()
    sealed = sealing.seal(now=LATER)
    assert sealed is not None
    assert sealed.count == 3
    assert list(verify()) == []


def test_verifying_while_others_write_finds_nothing() -> None:
    ended = threading.Event()

    def keep_writing() -> None:
        number = 0
        while not ended.is_set():
            write(f"s{number % 40}")
            number += 1
            time.sleep(0.002)  # SQLite lets nobody in by turns

    writing = beside(keep_writing)
    found = []
    while Entry.objects.count() < 250:
        found += list(verify())
        sealing.seal(now=LATER)
    ended.set()
    writing.join()
    assert found == []
