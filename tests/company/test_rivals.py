"""Several at once: one customer per number, each short number once, each message sent by one worker."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from goodword.base.core.transactions import one_fact
from goodword.base.people.actors import SYSTEM
from goodword.base.people.models import Account, Person
from goodword.company.channels.actions.delivering import deliver
from goodword.company.channels.actions.notifying import queue_message, queue_notice
from goodword.company.channels.models import Notice, OutboxMessage
from goodword.company.channels.queries import outbox_counts
from goodword.company.channels.ways import Way
from goodword.company.customers.actions.registering import register
from goodword.company.customers.checking import ContactFacts
from goodword.company.customers.models import Contact, Customer
from goodword.company.rentals.actions.orders import record_order
from goodword.company.rentals.models import Order
from goodword.engine.attachments.actions.storing import store
from goodword.engine.attachments.models import Attachment
from goodword.engine.journal.queries import entries_of
from goodword.engine.journal.verifying import verify

pytestmark = pytest.mark.django_db(transaction=True)
AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
RIVALS = 4


def together(act: Callable[[int], Any], count: int = RIVALS) -> list[Any]:
    """What `act(0)`, `act(1)` … return when all begin at the same moment, each on its own connection."""
    start = Barrier(count)

    def one(number: int) -> Any:
        try:
            start.wait(timeout=60)
            return act(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


def somebody() -> Account:
    return Account.objects.create(username="zhang", person=Person.objects.create(name="张测试"))


def test_one_new_number_registered_by_several_at_once_is_one_customer():
    for turn in range(5):
        contact = ContactFacts(phone=f"1380000{turn:04}")
        found = together(
            lambda _, c=contact: register(kind="streamer", name="张测试", contact=c, by=SYSTEM, at=AT)
        )
        assert len({customer.pk for customer in found}) == 1
    assert Customer.objects.count() == Contact.objects.count() == 5
    assert list(verify()) == []


def test_customers_registered_at_once_get_different_numbers():
    together(lambda n: [register(kind="company", name=f"示例{n}", by=SYSTEM, at=AT) for _ in range(5)])
    numbers = sorted(Customer.objects.values_list("number", flat=True))
    assert numbers == list(range(1001, 1001 + 5 * RIVALS))


def test_an_order_told_by_several_at_once_is_recorded_once():
    owner = register(kind="company", name="示例", by=SYSTEM, at=AT)
    together(lambda _: record_order("A1", customer=owner, signed_at=AT, by=SYSTEM, at=AT))
    assert [entry.kind for entry in entries_of("order", Order.objects.get().pk)] == ["order.recorded"]


def test_the_same_file_added_by_several_at_once_is_one_attachment(settings: Any, tmp_path: Any):
    settings.MEDIA_ROOT = tmp_path
    facts: dict[str, Any] = {"name": "a.pdf", "subject": ("case", "7"), "by": SYSTEM, "at": AT}
    found = together(lambda _: store(b"%PDF-1.7 x", **facts))
    assert len({row.pk for row in found}) == Attachment.objects.count() == 1
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


def test_several_workers_deliver_each_notice_once():
    account = somebody()
    with one_fact():
        for key in range(40):
            queue_notice(
                account.pk,
                kind="k",
                subject=("case", "1"),
                title_zh=str(key),
                title_en=str(key),
                at=AT,
                dedupe_key=str(key),
                digest=key >= 20,
            )
    sent = together(
        lambda n: deliver(now=AT, worker=f"w{n}", limit=15) + deliver(now=AT, worker=f"w{n}", limit=15)
    )
    while more := deliver(now=AT, worker="last"):
        sent.append(more)
    assert sum(sent) == 40
    assert outbox_counts() == {"sent": 40}
    single = Notice.objects.filter(digest=False).values_list("title_zh", flat=True)
    assert sorted(single, key=int) == [str(key) for key in range(20)]
    assert Notice.objects.get(digest=True).count == 20


def test_several_workers_send_each_letter_outside_once():
    posted: list[str] = []
    ways = {"post": Way("post", lambda message, now: posted.append(message.dedupe_key))}
    with one_fact():
        for key in range(30):
            queue_message("post", payload={}, at=AT, dedupe_key=str(key))
    together(lambda n: deliver(now=AT, worker=f"w{n}", ways=ways))
    deliver(now=AT, worker="last", ways=ways)
    assert sorted(posted, key=int) == [str(key) for key in range(30)]
    assert OutboxMessage.objects.filter(state="sent", attempts=1).count() == 30
