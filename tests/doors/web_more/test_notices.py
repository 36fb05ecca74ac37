"""The inbox, and the messages that could not be sent."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.cast import Cast, make_cast, triaged
from tests.support.looking import as_, words

from goodword.base.core import clock
from goodword.company.channels.actions.delivering import deliver
from goodword.company.channels.models import Notice, OutboxMessage

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


def test_a_dead_letter_is_sent_again_by_an_administrator(cast: Cast) -> None:
    at = clock.now()
    letter = OutboxMessage.objects.create(
        way="inbox",
        recipient=cast.engineer.account,
        payload={},
        dedupe_key="dead:1",
        state="dead",
        attempts=8,
        next_at=at,
        created_at=at,
        last_error="TimeoutError: no answer",
    )
    assert as_(cast.lead).get("/notices/undelivered/").status_code == 403
    administrator = as_(cast.administrator)
    assert "no answer" in words(administrator, "/notices/undelivered/")
    address = f"/notices/undelivered/{letter.pk}/sending/"
    assert as_(cast.lead).post(address).status_code == 403
    administrator.post(address)
    letter.refresh_from_db()
    assert letter.state == "queued"
    assert administrator.post(address).status_code == 409
    assert administrator.post("/notices/undelivered/999999/sending/").status_code == 404


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
