"""Webhooks out: what happened is told once, signed as our own hook reads it, tried again, replayed, and given up in sight."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.test import Client
from tests.cast import FAULT, Cast, make_cast, triaged
from tests.support.looking import as_, words
from tests.support.platforms import Platforms, platforms

from goodword.base.core import clock
from goodword.company.channels.actions.delivering import deliver
from goodword.company.channels.hotline.settings import Hotline
from goodword.company.channels.models import Notice, OutboxMessage
from goodword.company.channels.signing import Signed
from goodword.company.channels.webhooks.events import gather
from goodword.company.channels.webhooks.models import Endpoint
from goodword.engine.journal.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast(clock.now() - timedelta(hours=3))


@pytest.fixture
def there() -> Iterator[Platforms]:
    with platforms() as found:
        yield found


def added(client: Client, there: Platforms, *, kinds: str = "case.*") -> str:
    """Its secret, as the answer shows it."""
    new = {"name": "订单系统", "address": f"{there.base}/hook/a", "kinds": kinds, "gives_up_after": "24"}
    assert client.post("/settings/webhooks/", new).status_code == 422  # plain http, and our own network
    page = client.post("/settings/webhooks/", {**new, "private": "on"}).content.decode()
    found = re.search(r">([0-9a-f]{64})<", page)
    assert found
    return found.group(1)


def work(now: datetime) -> None:
    gather(now)
    while deliver(now=now, worker="w", jitter=lambda: 0.5, limit=1):
        pass


def test_what_happens_is_told_once_and_signed_as_our_own_hook_reads_it(cast: Cast, there: Platforms) -> None:
    triaged(cast)
    client = as_(cast.administrator)
    secret = added(client, there)
    assert secret not in client.get("/settings/webhooks/").content.decode()
    assert as_(cast.lead).get("/settings/webhooks/").status_code == 403
    before = Entry.objects.order_by("-pk")[0].pk
    case = triaged(cast)
    now = clock.now()
    work(now)
    work(now)
    told = [(json.loads(body), headers) for _, headers, body in there.hooks]
    happened = Entry.objects.filter(pk__gt=before, subject_type="case").order_by("pk")
    assert [body["type"] for body, _ in told] == list(happened.values_list("kind", flat=True))
    assert {body["data"]["subject_id"] for body, _ in told} == {str(case.pk)}
    assert FAULT[:4] not in str(told)
    for (_, headers, body), entry in zip(there.hooks, happened, strict=True):
        assert headers["webhook-id"] == f"evt_{entry.pk}"
        names = ("webhook-id", "webhook-timestamp", "webhook-signature")
        signed = Signed.of(*(headers[name] for name in names))
        assert signed.refusal(body, by=Hotline(secret=secret), at=now) == ""
        assert signed.refusal(body + b" ", by=Hotline(secret=secret), at=now) == "signature"
    endpoint = Endpoint.objects.get()
    assert endpoint.light == "good"
    page = words(client, f"/settings/webhooks/{endpoint.pk}/")
    assert "case.triaged" in page


def test_who_fails_is_tried_again_then_switched_off_with_a_notice_and_goes_on_where_it_stopped(
    cast: Cast, there: Platforms
) -> None:
    client = as_(cast.administrator)
    added(client, there, kinds="case.received")
    triaged(cast)
    now = clock.now()
    there.statuses["/hook/a"] = 500
    work(now)
    (message,) = OutboxMessage.objects.filter(way="webhook")
    assert (message.state, message.attempts, message.last_error) == (
        "failed",
        1,
        "NotTakenError: answered 500",
    )
    assert Endpoint.objects.get().light == "bad"
    later = now + timedelta(hours=25)
    work(later)
    endpoint = Endpoint.objects.get()
    assert not endpoint.is_on
    work(later)
    titles = list(
        Notice.objects.filter(account=cast.administrator.account).values_list("title_zh", flat=True)
    )
    assert titles.count("一个事件推送地址长时间失败,已停用") == 1
    triaged(cast)
    work(later + timedelta(minutes=5))
    message.refresh_from_db()
    assert (message.state, OutboxMessage.objects.filter(way="webhook").count()) == ("dead", 1)
    there.statuses.clear()
    there.hooks.clear()
    here = f"/settings/webhooks/{endpoint.pk}/"
    client.post(f"{here}switch/", {"is_on": "yes"})
    assert client.post(f"{here}replay/", {"message": message.pk}).status_code == 302
    assert client.post(f"{here}replay/", {"message": "x"}).status_code == 404
    work(later + timedelta(minutes=10))
    ids = [headers["webhook-id"] for _, headers, _ in there.hooks]
    assert len(ids) == len(set(ids)) == 2
    assert f"evt_{message.payload['entry']}" in ids
    assert Endpoint.objects.get().light == "good"


def test_an_endpoint_in_our_own_network_is_not_called_unless_it_was_allowed(
    cast: Cast, there: Platforms
) -> None:
    added(as_(cast.administrator), there, kinds="case.received")
    Endpoint.objects.update(private=False)
    triaged(cast)
    work(clock.now())
    assert there.hooks == []
    assert OutboxMessage.objects.get(way="webhook").state == "dead"
