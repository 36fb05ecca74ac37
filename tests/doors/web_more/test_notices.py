"""The inbox, and the messages that could not be sent."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.cast import Cast, make_cast, triaged
from tests.support.looking import as_, words

from goodword.base.core import clock
from goodword.company.channels.actions.delivering import deliver
from goodword.company.channels.actions.receiving import keep, mark_failed
from goodword.company.channels.hotline.models import Call
from goodword.company.channels.models import InboundMessage, Notice, OutboxMessage
from goodword.engine.journal.queries import entries_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast(clock.now() - timedelta(hours=3))


def delivered() -> None:
    while deliver(now=clock.now(), worker="test"):
        pass


def test_the_inbox_is_one_s_own(cast: Cast, client: Client) -> None:
    case = triaged(cast)
    delivered()
    assert client.get("/notices/")["Location"].startswith("/login/")
    assert f"#{case.number}" in words(as_(cast.engineer), "/notices/")
    assert f"#{case.number}" not in words(as_(cast.warehouse_head), "/notices/")


def test_opening_a_notice_marks_it_and_leads_to_its_case(cast: Cast) -> None:
    case = triaged(cast)
    delivered()
    notice = Notice.objects.filter(account=cast.engineer.account).first()
    assert notice
    foreign = as_(cast.warehouse_head).post("/notices/seen/", {"notice": notice.pk})
    assert foreign["Location"] == "/notices/"
    notice.refresh_from_db()
    assert notice.seen_at is None
    answer = as_(cast.engineer).post("/notices/seen/", {"notice": notice.pk})
    assert answer["Location"] == f"/cases/{case.number}/"
    notice.refresh_from_db()
    assert notice.seen_at is not None


def test_all_are_marked_at_once_and_looking_marks_nothing(cast: Cast) -> None:
    triaged(cast)
    triaged(cast)
    delivered()
    client = as_(cast.engineer)
    words(client, "/notices/")
    assert Notice.objects.filter(account=cast.engineer.account, seen_at=None).count() == 2
    client.post("/notices/seen/")
    assert not Notice.objects.filter(account=cast.engineer.account, seen_at=None).exists()


def letter(cast: Cast, key: str, state: str = "dead", **changes: Any) -> OutboxMessage:
    at = clock.now()
    facts: dict[str, Any] = {
        "way": "inbox",
        "recipient": cast.engineer.account,
        "payload": {},
        "attempts": 8,
        "next_at": at,
        "created_at": at,
        "last_error": "TimeoutError: no answer",
    }
    return OutboxMessage.objects.create(dedupe_key=key, state=state, **{**facts, **changes})


def test_a_dead_letter_is_sent_again_or_given_up_by_an_administrator(cast: Cast) -> None:
    first, second = letter(cast, "dead:1"), letter(cast, "dead:2", "unknown")
    assert as_(cast.engineer).get("/notices/undelivered/").status_code == 403
    assert "no answer" in words(as_(cast.lead), "/notices/undelivered/")
    administrator = as_(cast.administrator)
    assert "未送达 2" in words(administrator, "/notices/")
    address = f"/notices/undelivered/{first.pk}/sending/"
    assert as_(cast.lead).post(address).status_code == 403
    administrator.post(address)
    first.refresh_from_db()
    assert first.state == "queued"
    assert administrator.post(address).status_code == 409
    assert administrator.post("/notices/undelivered/999999/sending/").status_code == 404
    giving_up = f"/notices/undelivered/{second.pk}/giving-up/"
    assert as_(cast.lead).post(giving_up).status_code == 403
    assert [administrator.post(giving_up).status_code for _ in range(2)] == [302, 409]
    kept = entries_of("message", second.pk)
    assert [(entry.kind, entry.facts["state"]) for entry in kept] == [("message.given_up", "unknown")]
    assert "no answer" not in words(administrator, "/notices/undelivered/")


def test_the_undelivered_are_narrowed_leafed_through_and_masked(cast: Cast) -> None:
    said = {"title_zh": "工单 #7", "title_en": "Case #7", "path": "/cases/7/", "phone": "13800005678"}
    for number in range(52):
        letter(cast, f"dead:{number}", payload={**said, "n": number}, last_error="refused 13800005678")
    letter(cast, "later", "failed", way="pager", last_error="Timeout")
    client = as_(cast.administrator)
    page = client.get("/notices/undelivered/").content.decode()
    assert "13800005678" not in page
    assert page.count("工单 #7</a>") == 50
    first = OutboxMessage.objects.filter(state="dead").order_by("-pk")[49].pk
    assert f"?before={first}" in page
    with CaptureQueriesContext(connection) as many:
        assert client.get(f"/notices/undelivered/?before={first}").content.decode().count("工单 #7</a>") == 2
    with CaptureQueriesContext(connection) as few:
        failed = words(client, "/notices/undelivered/?state=failed&way=pager")
    assert "Timeout" in failed
    assert len(few) == len(many)
    assert client.get("/notices/undelivered/?state=x&way=%00&before=9e9").status_code == 200


def test_what_could_not_be_read_is_read_again_or_given_up(cast: Cast) -> None:
    at = clock.now()
    raw = b'{"event":"ringing","call":"c-1","from":"13800005678","to":"4008001234"}'
    good, _ = keep("hotline", "m-1", raw, received_at=at, sealed=True)
    bad, _ = keep("hotline", "m-2", b"{", received_at=at, sealed=True)
    other, _ = keep("pigeon", "m-3", b"coo", received_at=at)
    for message in (good, bad, other):
        mark_failed(message, error="event: 13800005678", at=at)
    client = as_(cast.administrator)
    page = client.get("/notices/unread/").content.decode()
    assert "13800005678" not in page
    assert page.count("/reading/") == 2
    assert as_(cast.lead).post(f"/notices/unread/{good.pk}/reading/").status_code == 403
    answers = [client.post(f"/notices/unread/{one.pk}/reading/").status_code for one in (good, bad, other)]
    assert answers == [302, 422, 409]
    assert Call.objects.get().outside_id == "c-1"
    assert client.post(f"/notices/unread/{other.pk}/giving-up/").status_code == 302
    assert set(InboundMessage.objects.values_list("outside_id", "state")) == {
        ("m-1", "parsed"),
        ("m-2", "failed"),
        ("m-3", "given_up"),
    }


def test_queries_do_not_grow_with_the_notices(cast: Cast) -> None:
    triaged(cast)
    delivered()
    client = as_(cast.engineer)

    def asked() -> int:
        client.get("/notices/")
        with CaptureQueriesContext(connection) as queries:
            words(client, "/notices/")
        return len(queries)

    few = asked()
    for _ in range(3):
        triaged(cast)
    delivered()
    assert asked() == few
