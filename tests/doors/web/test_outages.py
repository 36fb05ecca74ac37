"""A disk without room, a database that cannot be used: an answer that says so and when to come again."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import InterfaceError, OperationalError, connection
from django.test import Client
from tests.cast import make_cast
from tests.doors.api.client import Api, token_of
from tests.doors.portal.test_portal import filled

from goodword.base.core import clock
from goodword.base.core.committing import committed
from goodword.base.core.outages import AWAY, FULL, outage_of
from goodword.engine.journal.verifying import verify
from goodword.voice.cases.models import Case

LONG = "设备黑屏。" * 600
SQLITES_OWN = 1_073_741_823


@contextmanager
def no_page_left() -> Iterator[None]:
    """While SQLite may not grow its file by a page: neither here nor where the API's writes are written."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")  # pages that migrations left free would be room
    most(1)  # taken as: no more than there are
    committed(lambda: most(1))
    yield
    most(SQLITES_OWN)
    committed(lambda: most(SQLITES_OWN))


def most(pages: int) -> None:
    """Set how many pages this connection lets the file have."""
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA max_page_count = {pages}")


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="test_disk_full.py fills PostgreSQL's disk")
def test_without_room_nothing_is_written_and_with_room_the_same_key_is_done() -> None:
    api = Api(token_of(make_cast(clock.now()).lead.account))

    def send(key: str) -> Any:
        return api.send("POST", "cases", {"text": LONG, "channel": "hotline"}, key=key)

    client = Client(raise_request_exception=False)
    form = filled(client, text=LONG[:1_500])
    with no_page_left():
        answers = [send(f"k{number}") for number in range(30)]
        refused = [number for number, answer in enumerate(answers) if answer.status_code != 201]
        assert refused, "a page was free each time"
        last = answers[refused[-1]]
        assert (last.status_code, last["Content-Type"]) == (507, "application/problem+json")
        assert (last["Retry-After"], last.json()["type"]) == ("30", "urn:goodword:problem:no_room")
        assert Case.objects.count() == 30 - len(refused)
        page = client.post("/p/", form)
        assert (page.status_code, page["Retry-After"]) == (507, "30")
        assert "存储空间已满" in page.content.decode()
    assert {send(f"k{number}").status_code for number in range(30)} == {201}
    assert client.post("/p/", form).status_code == 200
    assert Case.objects.count() == 31
    assert list(verify()) == []


def test_an_outage_is_known_by_its_exception() -> None:
    assert outage_of(OperationalError("server closed the connection unexpectedly")) is AWAY
    assert outage_of(InterfaceError("connection is closed")) is AWAY
    assert outage_of(OSError(errno.ENOSPC, "No space left on device")) is FULL
    assert outage_of(OSError(errno.ENOENT, "No such file")) is None
    assert outage_of(ValueError()) is None
