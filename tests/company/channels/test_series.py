"""Messages of one series leave one after the other, in the order they were written, however many lanes there are."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from tests.support.lines import lines

from goodword.base.core.ids import uuid7
from goodword.base.core.transactions import one_fact
from goodword.company.channels.actions.delivering import deliver
from goodword.company.channels.actions.notifying import queue_message
from goodword.company.channels.claiming import claim, claimable
from goodword.company.channels.correspondence.actions.arriving import the_sender
from goodword.company.channels.correspondence.actions.writing import queue_letter
from goodword.company.channels.correspondence.arriving import Arrived
from goodword.company.channels.models import OutboxMessage
from goodword.company.channels.queries import due_by, oldest_stuck
from goodword.company.channels.registry import WAYS
from goodword.company.channels.turns import in_turn
from goodword.company.channels.ways import NotYetError, OutcomeUnknownError, Way
from goodword.doors.ops.lanes import Lanes

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def queued(*keys: str, series: str | None = "post:party:1") -> None:
    for number, key in enumerate(keys):
        with one_fact():
            queue_message(
                "post", payload={}, at=AT + timedelta(seconds=number), dedupe_key=key, series=series
            )


class Post:
    """A way that fails as it is told, and keeps what left."""

    def __init__(self, **problems: Exception) -> None:
        self.problems = problems
        self.left: list[str] = []
        self.ways = {"post": Way("post", self.send)}

    def send(self, message: OutboxMessage, _now: datetime) -> None:
        if problem := self.problems.pop(message.dedupe_key, None):
            raise problem
        self.left.append(message.dedupe_key)

    def work(self, now: datetime) -> None:
        deliver(now=now, worker="w", jitter=lambda: 0.5, ways=self.ways)


@pytest.mark.django_db
def test_one_that_fails_holds_back_those_after_it_and_nobody_elses() -> None:
    post = Post(a=ConnectionError("away"))
    queued("a", "b", "c")
    queued("x", series="post:party:2")
    queued("y", series=None)
    post.work(AT + MINUTE)
    assert post.left == ["x", "y"]
    assert not due_by(["post"], at=AT + MINUTE), "nothing a lane could send"
    assert oldest_stuck(at=AT + MINUTE) is None
    post.work(AT + 2 * MINUTE)
    assert post.left == ["x", "y", "a", "b", "c"]


@pytest.mark.django_db
def test_what_has_ended_or_may_not_go_yet_holds_back_nothing() -> None:
    post = Post(a=OutcomeUnknownError(), b=NotYetError(AT + 5 * MINUTE))
    queued("a", "b", "c")
    post.work(AT + MINUTE)
    assert post.left == ["c"]
    post.work(AT + 6 * MINUTE)
    assert post.left == ["c", "b"]


@pytest.mark.django_db
def test_what_was_begun_and_cut_off_waits_for_nothing_that_is_sent_again_by_hand() -> None:
    post = Post(a=OutcomeUnknownError())
    queued("a", "b")
    post.work(AT)
    assert len(claim(now=AT + MINUTE, worker="dies", limit=1, ways=post.ways)) == 1
    OutboxMessage.objects.filter(dedupe_key="a").update(state="failed", next_at=AT + 60 * MINUTE)
    assert due_by(["post"], at=AT + 2 * MINUTE) == {"post"}
    post.work(AT + 2 * MINUTE)
    assert OutboxMessage.objects.get(dedupe_key="b").state == "unknown"


@pytest.mark.django_db(transaction=True)
def test_lanes_keep_the_order(monkeypatch: pytest.MonkeyPatch) -> None:
    keys = [f"{number:02}" for number in range(9)]
    post, under_way, most = Post(), [0], [0]

    def send(message: OutboxMessage, now: datetime) -> None:
        under_way[0] += 1
        most[0] = max(most[0], under_way[0])
        threading.Event().wait(0.02 if message.dedupe_key.endswith(("0", "3")) else 0.0)
        post.send(message, now)
        under_way[0] -= 1

    monkeypatch.setitem(WAYS, "post", Way("post", send))
    queued(*keys)
    lanes = Lanes("w", now=lambda: AT + MINUTE, is_stopping=lambda: False)
    for _ in range(200):
        lanes.look()
        if len(post.left) == len(keys):
            break
        threading.Event().wait(0.02)
    lanes.end()
    assert (post.left, most) == (keys, [1])


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="one writer at a time")
@pytest.mark.django_db(transaction=True)
def test_who_answers_a_customer_does_not_wait_for_their_next_word_to_be_taken_in() -> None:
    heard, answered = threading.Event(), threading.Event()
    arrived = Arrived("wechat", "m1", "invented", "还在吗", AT)

    def take_in() -> None:
        try:
            with one_fact():
                the_sender(arrived)
                heard.set()
                answered.wait(10)  # in earnest: for the case, which whoever answers holds
        finally:
            connection.close()

    with lines("wechat"):
        with one_fact():
            party = the_sender(arrived)
        taking_in = threading.Thread(target=take_in)
        taking_in.start()
        assert heard.wait(10)
        try:
            with one_fact(), connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '2s'")
                queue_letter(party, case_id=uuid7(), message_id=1, purpose="", at=AT)
        finally:
            answered.set()
            taking_in.join()
    assert OutboxMessage.objects.get().series == f"wechat:party:{party.pk}"


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL knows the states when it plans")
def test_what_was_sent_once_is_not_read_when_something_is_claimed() -> None:
    rows = in_turn(OutboxMessage.objects.filter(claimable(AT)), at=AT)
    plan = rows.order_by("next_at", "pk")[:5].explain()
    assert plan.splitlines()[0].endswith("USING INDEX outbox_by_state (state=?)"), plan
