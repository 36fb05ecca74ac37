"""The outbox: queued with the fact, sent once, retried with patience, in sight when it cannot be sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from goodword.base.core.errors import Forbidden, Invalid, Refused
from goodword.base.core.models import Setting
from goodword.base.core.transactions import one_fact
from goodword.base.people.actors import CUSTOMER, SYSTEM
from goodword.base.people.models import Account, Person
from goodword.company.channels import claiming
from goodword.company.channels.actions.delivering import deliver, wait_before
from goodword.company.channels.actions.notifying import queue_message, queue_notice
from goodword.company.channels.actions.receiving import keep, mark_failed, mark_parsed
from goodword.company.channels.actions.seeing import mark_seen
from goodword.company.channels.actions.sending_again import send_again
from goodword.company.channels.models import InboundMessage, Notice, OutboxMessage
from goodword.company.channels.queries import (
    in_trouble,
    latest,
    not_parsed,
    outbox_counts,
    unread,
    unread_count,
)
from goodword.company.channels.registry import WAYS, register
from goodword.company.channels.ways import CannotSendError, OutcomeUnknownError, Way
from goodword.engine.journal.queries import entries_of

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
def account() -> Account:
    return Account.objects.create(username="zhang", person=Person.objects.create(name="张测试"))


class Post:
    """A way out that keeps what it sent, and fails as it is told."""

    def __init__(self, *problems: Exception, repeatable: bool = False) -> None:
        self.problems = list(problems)
        self.sent: list[str] = []
        self.ways = {"post": Way("post", self.send, repeatable=repeatable)}

    def send(self, message: OutboxMessage, now: datetime) -> None:
        self.sent.append(message.dedupe_key)
        if self.problems:
            raise self.problems.pop(0)


def notice(account: Account, key: str = "1:1", **changes: Any) -> OutboxMessage:
    facts: dict[str, Any] = {
        "kind": "obligation.warned",
        "clause_id": "FB-3.2a",
        "subject": ("case", "7"),
        "title_zh": "工单 #7:即将到期",
        "title_en": "Case #7: due soon",
        "path": "/cases/7/",
        "at": AT,
    }
    with one_fact():
        return queue_notice(account.pk, dedupe_key=key, **{**facts, **changes})


def letter(key: str = "a") -> OutboxMessage:
    with one_fact():
        return queue_message("post", payload={"case": 7}, at=AT, dedupe_key=key)


def run(now: datetime = AT, *, ways: Any = WAYS, worker: str = "w1", limit: int = 100) -> int:
    return deliver(now=now, worker=worker, jitter=lambda: 0.5, ways=ways, limit=limit)


def test_a_notice_reaches_the_inbox_once(account: Account):
    first = notice(account, urgent=True)
    assert notice(account, urgent=True) == first
    assert (run(), run(), run(AT + HOUR)) == (1, 0, 0)
    (row,) = unread(account.pk)
    assert (row.title_zh, row.clause_id, row.path, row.urgent) == (
        "工单 #7:即将到期",
        "FB-3.2a",
        "/cases/7/",
        True,
    )
    assert row.created_at == AT
    first.refresh_from_db()
    assert (first.state, first.sent_at, first.attempts) == ("sent", AT, 1)


def test_a_fact_that_is_undone_tells_nobody(account: Account):
    with one_fact():
        notice(account)
        transaction.set_rollback(True)
    assert run() == 0
    assert not OutboxMessage.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_notice_outside_its_facts_transaction_is_a_programming_error(account: Account):
    with pytest.raises(RuntimeError, match="one_fact"):
        queue_notice(
            account.pk, kind="k", subject=("case", "1"), title_zh="", title_en="", at=AT, dedupe_key="1"
        )


def test_what_is_caught_up_is_one_line_with_its_count(account: Account):
    for key in range(25):
        notice(account, str(key), digest=True, urgent=key == 3, at=AT - HOUR * key)
    assert run() == 25
    (row,) = unread(account.pk)
    assert (row.count, row.digest, row.urgent, row.path) == (25, True, True, "/")
    assert "25" in row.title_zh
    assert "25" in row.title_en
    assert unread_count(account.pk) == 1


def test_a_digest_that_was_seen_or_is_an_hour_old_is_not_written_into_again(account: Account):
    notice(account, "1", digest=True)
    run()
    notice(account, "2", digest=True)
    run(AT + HOUR)
    assert [row.count for row in latest(account.pk)] == [1, 1]
    mark_seen(account.pk, at=AT + HOUR)
    notice(account, "3", digest=True)
    run(AT + HOUR + MINUTE)
    assert [(row.count, row.seen_at is None) for row in latest(account.pk)] == [
        (1, True),
        (1, False),
        (1, False),
    ]


def test_a_held_installation_sends_nothing_until_it_is_released(account: Account, settings: Any):
    notice(account)
    settings.GOODWORD_HELD = True
    assert run() == 0
    settings.GOODWORD_HELD = False
    held = Setting.objects.create(name="held", value=True)
    assert run() == 0
    held.delete()
    assert run() == 1


def test_a_failure_is_tried_again_later_and_later():
    post = Post(ConnectionError("no answer"), ConnectionError("no answer"))
    message = letter()
    assert run(ways=post.ways) == 0
    message.refresh_from_db()
    assert (message.state, message.next_at) == ("failed", AT + 11.25 * SECOND)
    assert message.last_error == "ConnectionError: no answer"
    assert run(AT + 11 * SECOND, ways=post.ways) == 0
    assert len(post.sent) == 1
    assert run(AT + MINUTE, ways=post.ways) == 0
    assert run(AT + 2 * MINUTE, ways=post.ways) == 1
    message.refresh_from_db()
    assert (message.state, message.attempts, message.last_error) == ("sent", 3, "")


def test_waits_double_from_seconds_to_an_hour_and_are_spread_by_chance():
    assert [wait_before(n, jitter=1).total_seconds() for n in range(1, 12)] == [
        15, 30, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600,
    ]  # fmt: skip
    assert wait_before(1, jitter=0).total_seconds() == 7.5


def test_after_eight_tries_it_is_a_dead_letter_that_a_person_sends_again():
    post = Post(*[ConnectionError("no answer")] * 8)
    message = letter()
    for hour in range(12):
        run(AT + hour * HOUR, ways=post.ways)
    message.refresh_from_db()
    assert (message.state, message.attempts, len(post.sent)) == ("dead", 8, 8)
    assert in_trouble() == [message]
    send_again(message, by=SYSTEM, at=AT + 20 * HOUR)
    assert run(AT + 20 * HOUR, ways=post.ways) == 1
    assert post.sent == ["a"] * 9
    entry = entries_of("message", message.pk).get()
    assert (entry.kind, entry.facts) == (
        "message.sent_again",
        {"way": "post", "attempts": 8, "state": "dead"},
    )


def test_what_is_not_stuck_cannot_be_sent_again():
    message = letter()
    with pytest.raises(Refused):
        send_again(message, by=SYSTEM, at=AT)
    with pytest.raises(Forbidden):
        send_again(message, by=CUSTOMER, at=AT)


def test_what_can_never_be_sent_is_dead_at_once_and_its_error_holds_no_personal_value():
    post = Post(CannotSendError("no such address zhang@example.com, 13800001234"))
    message = letter()
    run(ways=post.ways)
    message.refresh_from_db()
    assert (message.state, message.attempts) == ("dead", 1)
    assert "zhang@" not in message.last_error
    assert "13800001234" not in message.last_error


def test_an_unknown_outcome_is_shown_as_unknown_and_not_repeated():
    post = Post(OutcomeUnknownError("the line broke after the last byte"))
    letter()
    run(ways=post.ways)
    assert run(AT + HOUR, ways=post.ways) == 0
    assert outbox_counts() == {"unknown": 1}


def test_a_message_for_a_way_that_is_not_installed_is_dead():
    letter()
    run()
    assert [(m.state, m.last_error) for m in in_trouble()] == [("dead", claiming.NO_WAY)]


def test_one_failing_message_does_not_hold_up_the_others():
    post = Post(ConnectionError("no answer"))
    for key in "abc":
        letter(key)
    assert run(ways=post.ways) == 2
    assert outbox_counts() == {"failed": 1, "sent": 2}


def claimed(ways: dict[str, Way], *, now: datetime = AT, worker: str = "w1") -> list[OutboxMessage]:
    return claiming.claim(now=now, worker=worker, limit=10, ways=ways)


@pytest.mark.parametrize(("inside", "lease"), [(False, 45), (True, 15)])
def test_a_claimed_message_is_nobody_elses_while_the_lease_lasts(inside, lease):
    post = Post(repeatable=True)
    ways = {"post": replace(post.ways["post"], inside=inside)}
    letter()
    assert len(claimed(ways)) == 1
    assert run(AT + (lease - 1) * SECOND, ways=ways, worker="w2") == 0
    assert run(AT + lease * SECOND, ways=ways, worker="w2") == 1


def test_who_was_overtaken_records_nothing_any_more():
    post = Post(repeatable=True)
    letter()
    (before,) = claimed(post.ways)
    (after,) = claimed(post.ways, now=AT + MINUTE, worker="w2")
    assert not claiming.is_mine(before)
    assert claiming.settle(before, "sent", sent_at=AT) is False
    assert claiming.settle(after, "sent", sent_at=AT) is True


def test_a_way_that_cannot_be_repeated_leaves_what_was_cut_off_unknown():
    post = Post()
    letter()
    claimed(post.ways)
    assert run(AT + MINUTE, ways=post.ways) == 0
    assert post.sent == []
    assert outbox_counts() == {"unknown": 1}


def test_a_notice_whose_worker_died_is_delivered_by_the_next_one_once(account: Account):
    notice(account)
    (before,) = claiming.claim(now=AT, worker="w1", limit=10, ways=WAYS)
    assert run(AT + MINUTE, worker="w2") == 1
    assert claiming.settle(before, "sent") is False
    assert Notice.objects.count() == 1


@pytest.mark.parametrize(("inside", "state"), [(True, "dead"), (False, "unknown")])
def test_a_message_that_kills_its_workers_ends_in_sight_and_is_not_called_dead_where_it_may_have_gone(
    inside, state
):
    ways = {"post": Way("post", Post().send, inside=inside, repeatable=True)}
    message = letter()
    for minute in range(8):
        assert len(claimed(ways, now=AT + minute * MINUTE)) == 1
    assert claimed(ways, now=AT + 9 * MINUTE) == []
    message.refresh_from_db()
    assert message.state == state


def test_a_notice_is_not_there_when_its_record_could_not_be_written(account: Account):
    def fail_after(message: OutboxMessage, now: datetime) -> None:
        WAYS["inbox"].send(message, now)
        raise ConnectionError("the disk is full")

    notice(account)
    assert run(ways={"inbox": Way("inbox", fail_after, inside=True, repeatable=True)}) == 0
    assert not Notice.objects.exists()
    assert run(AT + HOUR) == 1
    assert Notice.objects.count() == 1


def test_a_pass_takes_no_more_than_its_limit_the_earliest_first(account: Account):
    for key in range(3):
        notice(account, str(key), at=AT - key * MINUTE, title_zh=str(key))
    assert run(limit=2) == 2
    assert sorted(row.title_zh for row in unread(account.pk)) == ["1", "2"]


def test_seeing_touches_ones_own_notices_only(account: Account):
    other = Account.objects.create(username="li", person=Person.objects.create(name="李示例"))
    notice(account, "1")
    notice(account, "2")
    notice(other, "3")
    run()
    first = Notice.objects.get(account=other)
    assert mark_seen(account.pk, notices=[first.pk], at=AT) == 0
    assert mark_seen(account.pk, notices=[unread(account.pk)[0].pk], at=AT) == 1
    assert (unread_count(account.pk), unread_count(other.pk)) == (1, 1)
    assert mark_seen(account.pk, at=AT + MINUTE) == 1
    assert mark_seen(account.pk, at=AT + MINUTE) == 0
    assert sorted(row.seen_at for row in latest(account.pk)) == [AT, AT + MINUTE]


def test_urgent_notices_come_first_and_pages_follow_each_other(account: Account):
    for key in range(5):
        notice(account, str(key), title_zh=str(key), urgent=key == 1, at=AT + key * SECOND)
    run(AT + MINUTE)
    assert [row.title_zh for row in unread(account.pk)] == ["1", "4", "3", "2", "0"]
    page = latest(account.pk, limit=2)
    assert [row.title_zh for row in latest(account.pk, limit=2, before_id=page[-1].pk)] == ["2", "1"]


@pytest.mark.parametrize("count", [1, 3])
def test_an_inbox_costs_one_query(account: Account, count: int, django_assert_num_queries: Any):
    for key in range(count):
        notice(account, str(key))
    run()
    with django_assert_num_queries(1):
        assert len(unread(account.pk)) == count


def test_a_code_belongs_to_one_way():
    with pytest.raises(ValueError, match="inbox"):
        register(Way("inbox", lambda message, now: None))
    assert register(WAYS["inbox"]) is WAYS["inbox"]


def test_what_comes_in_twice_is_kept_once_and_a_forged_id_hides_nothing():
    first, is_new = keep("mail", "<1@example.com>", b"From: x\r\n\r\n\xff\x00", received_at=AT)
    assert is_new
    assert keep("mail", "<1@example.com>", b"From: x\r\n\r\n\xff\x00", received_at=AT) == (first, False)
    forged, is_new = keep("mail", "<1@example.com>", b"From: y", received_at=AT)
    assert is_new
    assert keep("mail", "<1@example.com>", b"From: y", received_at=AT) == (forged, False)
    assert {bytes(m.raw) for m in InboundMessage.objects.all()} == {b"From: x\r\n\r\n\xff\x00", b"From: y"}
    assert keep("form", "<1@example.com>", b"From: y", received_at=AT)[1]


def test_what_cannot_be_parsed_stays_with_its_reason_and_what_was_parsed_stays_parsed():
    message, _ = keep("mail", "1", b"?", received_at=AT)
    assert not_parsed("mail") == [message]
    assert mark_failed(message, error="no such part: zhang@example.com", at=AT)
    message.refresh_from_db()
    assert (message.state, bytes(message.raw)) == ("failed", b"?")
    assert "zhang@" not in message.error
    assert mark_parsed(message, at=AT)
    assert not mark_parsed(message, at=AT)
    assert not mark_failed(message, error="late", at=AT)
    assert not_parsed("mail") == []


def test_a_message_too_large_is_refused_before_it_is_kept():
    with pytest.raises(Invalid):
        keep("mail", "1", b"x" * (25 * 2**20 + 1), received_at=AT)
    assert not InboundMessage.objects.exists()


def test_keys_are_unique_in_the_database_too():
    letter()
    with pytest.raises(Exception, match=r"(?i)unique"), transaction.atomic():
        OutboxMessage.objects.create(way="post", dedupe_key="a", next_at=AT, created_at=AT)
