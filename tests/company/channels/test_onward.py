"""A notice goes on from the inbox by its reader's other ways: urgency, the company and the reader decide."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest

from goodword.base.core.transactions import one_fact
from goodword.base.people.models import Account, Person
from goodword.company.channels import choices
from goodword.company.channels.actions.delivering import deliver
from goodword.company.channels.actions.notifying import queue_message, queue_notice
from goodword.company.channels.choices import Choice
from goodword.company.channels.models import INBOX, OutboxMessage, QuietHours, WayChoice
from goodword.company.channels.registry import WAYS
from goodword.company.channels.staff import STAFF_WAYS, StaffWay, register_staff_way
from goodword.company.channels.ways import NotYetError, Way
from goodword.doors.ops.lanes import Lanes

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def account() -> Account:
    return Account.objects.create(username="zhang", person=Person.objects.create(name="张测试"))


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch, account: Account) -> Iterator[list[str]]:
    """What a pager heard that reaches everybody and only takes what is urgent."""
    said: list[str] = []

    def page(message: OutboxMessage, _: datetime) -> None:
        said.append(message.payload["title_en"])

    monkeypatch.setitem(WAYS, "pager", Way("pager", page))
    register_staff_way(StaffWay("pager", "寻呼机", "Pager", lambda: True, set))
    yield said
    del STAFF_WAYS["pager"]


def told(account: Account, title: str, *, clause: str = "FB-3.2a", **changes: Any) -> None:
    facts: dict[str, Any] = {
        "kind": "case.dispatched",
        "clause_id": clause,
        "subject": ("case", "7"),
        "title_zh": title,
        "title_en": title,
        "path": "/cases/7/",
        "at": AT,
        "dedupe_key": title,
    }
    with one_fact():
        queue_notice(account.pk, **{**facts, **changes})


def work(now: datetime = AT) -> None:
    while deliver(now=now, worker="w", jitter=lambda: 0.5):
        pass


@pytest.mark.django_db
def test_what_is_urgent_waits_for_nothing_and_the_rest_for_its_turn(
    account: Account, monkeypatch: pytest.MonkeyPatch, heard: list[str]
) -> None:
    choices.keep_companys({"pager": Choice(ordinary=True, urgent=True)})

    def page(message: OutboxMessage, _: datetime) -> None:
        if message.payload["title_en"].startswith("first"):
            raise ConnectionError
        heard.append(message.payload["title_en"])

    monkeypatch.setitem(WAYS, "pager", Way("pager", page))
    for title, urgent in (
        ("first", False),
        ("first, urgent", True),
        ("second", False),
        ("second, urgent", True),
    ):
        told(account, title, urgent=urgent)
    work()
    assert heard == ["second, urgent"]


@pytest.mark.django_db
def test_urgent_notices_go_on_once_and_ordinary_ones_stay_until_somebody_chooses(
    account: Account, heard: list[str]
) -> None:
    told(account, "a", urgent=True)
    told(account, "b")
    work()
    assert (heard, account.notices.count()) == (["a"], 2)
    WayChoice.objects.create(account=account, way="pager", ordinary=True, urgent=False)
    for title, urgent in (("c", True), ("d", False)):
        told(account, title, urgent=urgent)
    work()
    assert (heard, account.notices.count()) == (["a", "d"], 4)
    choices.keep_companys({"pager": Choice(ordinary=True, urgent=True)})
    WayChoice.objects.all().delete()
    told(account, "e")
    work()
    assert heard == ["a", "d", "e"]


@pytest.mark.django_db
def test_what_rings_alone_cannot_be_switched_off_by_its_reader(account: Account, heard: list[str]) -> None:
    assert choices.rings_alone("FB-3.2b")
    WayChoice.objects.create(account=account, way="pager", ordinary=False, urgent=False)
    told(account, "a", clause="FB-3.2b", urgent=True)
    told(account, "b", clause="FB-3.2b")
    work()
    assert heard == ["a"]
    choices.keep_companys({"pager": Choice(ordinary=False, urgent=False)})
    told(account, "c", clause="FB-3.2b", urgent=True)
    work()
    assert heard == ["a"]


@pytest.mark.django_db
def test_quiet_hours_hold_for_every_way_and_a_digest_speaks_once(account: Account, heard: list[str]) -> None:
    choices.keep_companys({"pager": Choice(ordinary=True, urgent=True)})
    QuietHours.objects.create(account=account, starts=time(9), ends=time(11))
    told(account, "quiet")
    told(account, "loud", urgent=True)
    work()
    assert heard == ["loud"]
    work(AT + 61 * MINUTE)
    assert heard == ["loud", "quiet"]
    for title in ("one", "two", "three"):
        told(account, title, digest=True, at=AT + 62 * MINUTE)
    work(AT + 62 * MINUTE)
    assert heard == ["loud", "quiet", "one"]


@pytest.mark.django_db
def test_a_message_that_may_not_go_yet_waits_and_that_was_no_try() -> None:
    until = AT + MINUTE
    full = [True]

    def send(_message: OutboxMessage, _now: datetime) -> None:
        if full[0]:
            raise NotYetError(until)

    ways = {"post": Way("post", send)}
    with one_fact():
        message = queue_message("post", payload={}, at=AT, dedupe_key="a")
    for now in (AT, AT + MINUTE / 2):
        assert deliver(now=now, worker="w", ways=ways) == 0
    message.refresh_from_db()
    assert (message.state, message.next_at, message.attempts) == ("queued", until, 0)
    full[0] = False
    assert deliver(now=until, worker="w", ways=ways) == 1


@pytest.mark.django_db(transaction=True)
def test_a_way_that_hangs_holds_up_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    released, sent = threading.Event(), threading.Event()

    def hang(_message: OutboxMessage, _now: datetime) -> None:
        assert released.wait(20)

    def send(_message: OutboxMessage, _now: datetime) -> None:
        sent.set()

    monkeypatch.setitem(WAYS, "stuck", Way("stuck", hang, repeatable=True))
    monkeypatch.setitem(WAYS, "brisk", Way("brisk", send))
    with one_fact():
        for key in range(4):
            queue_message("stuck", payload={}, at=AT, dedupe_key=f"stuck:{key}")
        queue_message("brisk", payload={}, at=AT, dedupe_key="brisk:1")
    lanes = Lanes("w", now=lambda: AT, is_stopping=lambda: False)
    lanes.look()
    assert sent.wait(10)
    released.set()
    for _ in range(200):
        if not OutboxMessage.objects.exclude(way=INBOX).exclude(state="sent").exists():
            break
        threading.Event().wait(0.05)
    lanes.end()
    assert set(OutboxMessage.objects.values_list("state", "attempts")) == {("sent", 1)}
