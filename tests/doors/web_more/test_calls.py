"""Calls on the workbench: the card of who is on the line, a case from a call, calls returned, the settings."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from tests.cast import Cast, Member, make_cast, triaged
from tests.clauses.telling import when
from tests.support.hotline import connected, rings, tells

from goodword.base.people.models import Account
from goodword.company.channels.hotline.models import Call, Listening, ReturnCall
from goodword.company.channels.hotline.settings import hotline
from goodword.company.channels.models import OutboxMessage
from goodword.engine.journal.models import Entry
from goodword.voice.cases.models import Case

pytestmark = pytest.mark.django_db
AT = when("2026-01-05 10:00")
KNOWN = "13800001234"
"""The number of the cast's contact."""


@pytest.fixture
def cast(db: None) -> Cast:
    connected()
    made = make_cast()
    Account.objects.filter(pk=made.intake.account.pk).update(phone_extension="7101")
    made.intake.account.refresh_from_db()
    return made


@pytest.fixture(autouse=True)
def now() -> Any:
    with time_machine.travel(AT + timedelta(minutes=5), tick=False) as clock:
        yield clock


def at_the_screen(member: Member) -> Client:
    client = Client(HTTP_HOST="localhost")
    client.force_login(member.account)
    return client


def on_the_line(number: str) -> Call:
    rings("c1", AT, **{"from": number, "extension": "7101"})
    tells("answered", "c1", AT + timedelta(seconds=4), extension="7101")
    return Call.objects.get(outside_id="c1")


def test_the_card_names_the_customer_and_leads_to_a_form_filled_in(cast: Cast) -> None:
    case = triaged(cast, at=AT)
    client = at_the_screen(cast.intake)
    assert client.get("/calls/mine/").content == b""
    call = on_the_line(KNOWN)
    answer = client.get("/calls/mine/")
    card = answer.content.decode()
    assert "尾号 1234" in card
    assert f"#{case.number}" in card
    assert cast.order.number in card
    assert KNOWN not in card
    assert client.get("/calls/mine/", headers={"If-None-Match": answer["ETag"]}).status_code == 304
    assert at_the_screen(cast.lead).get("/calls/mine/").content == b""
    form = client.get(f"/cases/new/?call={call.pk}&customer={cast.customer.number}").content.decode()
    assert f'value="{cast.customer.number}"' in form
    assert KNOWN not in form
    said = {
        "text": "补光灯不亮了",
        "channel": "hotline",
        "call": str(call.pk),
        "customer": cast.customer.number,
    }
    client.post("/cases/new/", said)
    taken = Case.objects.latest("number")
    call.refresh_from_db()
    assert (call.case_id, taken.contact) == (taken.pk, cast.contact)
    assert client.get("/calls/mine/").content == b""
    assert f"/calls/{call.pk}/" in client.get(f"/cases/{taken.number}/").content.decode()


def test_an_unknown_caller_becomes_a_customer_with_the_number_they_rang_from(cast: Cast) -> None:
    call = on_the_line("13711112222")
    said = {"text": "想租一台摄像机", "channel": "hotline", "call": str(call.pk), "name": "李测试"}
    at_the_screen(cast.intake).post("/cases/new/", said)
    contact = Case.objects.latest("number").contact
    assert contact is not None
    assert contact.phone.clear() == "13711112222"


def test_a_missed_call_is_told_to_the_shift_and_returned_by_hand(cast: Cast) -> None:
    rings("c1", AT)
    tells("missed", "c1", AT + timedelta(seconds=40))
    told = OutboxMessage.objects.filter(payload__kind="call.return_wanted").values_list(
        "recipient", flat=True
    )
    assert cast.intake.account.pk in told
    task, client = ReturnCall.objects.get(), at_the_screen(cast.intake)
    assert "尾号 5678" in client.get("/").content.decode()
    assert client.post(f"/calls/returns/{task.pk}/", {"said": "given_up"}).status_code == 422
    client.post(f"/calls/returns/{task.pk}/", {"said": "not_reached"})
    client.post(f"/calls/returns/{task.pk}/", {"said": "reached"})
    task.refresh_from_db()
    assert (task.state, task.how, task.tried, task.done_by) == ("done", "by_hand", 1, cast.intake.account)
    assert client.post(f"/calls/returns/{task.pk}/", {"said": "reached"}).status_code == 409


def test_a_recording_is_opened_with_a_reason_that_is_kept(cast: Cast) -> None:
    call = on_the_line(KNOWN)
    tells("recorded", "c1", AT, recording="https://recordings.example/1.mp3")
    client, path = at_the_screen(cast.lead), f"/calls/{call.pk}/"
    assert "recordings.example" not in client.get(path).content.decode()
    assert client.post(f"{path}recording/", {"reason": ""}).status_code == 422
    assert (
        "recordings.example" in client.post(f"{path}recording/", {"reason": "复核客户原话"}).content.decode()
    )
    assert Listening.objects.get().reason == "复核客户原话"
    assert Entry.objects.filter(kind="call.recording_opened").count() == 1
    assert at_the_screen(cast.intake).post(f"{path}recording/", {"reason": "复核客户原话"}).status_code == 403


def test_a_call_is_written_down_by_hand(cast: Cast) -> None:
    typed = {"direction": "in", "number": "137 1111 2222", "began_at": "2026-01-05T10:01", "answered": "yes"}
    at_the_screen(cast.intake).post("/calls/hand/", {**typed, "rang_for": "16"})
    call = Call.objects.get()
    assert (call.by_hand, call.rings, call.outcome, call.account) == (True, 4, "late", cast.intake.account)


def test_the_list_asks_as_often_for_three_calls_as_for_one(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    client = at_the_screen(cast.intake)
    on_the_line(KNOWN)
    client.get("/calls/")
    with django_assert_num_queries(8):
        client.get("/calls/")
    for name in ("c2", "c3"):
        rings(name, AT, **{"from": f"1371111{name[1]}222"})
        tells("missed", name, AT + timedelta(seconds=30))
    with django_assert_num_queries(8):
        client.get("/calls/")


def test_the_settings_show_a_new_secret_once_and_give_an_extension_to_one_alone(cast: Cast) -> None:
    client = at_the_screen(cast.administrator)
    shown = client.post("/settings/hotline/secret/").content.decode()
    chosen = hotline()
    assert chosen.secret in shown
    assert chosen.secret not in client.get("/settings/hotline/").content.decode()
    assert len(chosen.secrets) == 2
    client.post(
        "/settings/hotline/", {"form": "hotline", "numbers": "4008001234\n4008001234", "may_differ": 60}
    )
    assert (hotline().numbers, hotline().may_differ, hotline().secret) == (("4008001234",), 60, chosen.secret)
    taken = {"form": "extension", "account": cast.lead.account.pk, "extension": "7101"}
    assert client.post("/settings/hotline/extensions/", taken).status_code == 422
    assert client.post("/settings/hotline/extensions/", {**taken, "extension": "7103"}).status_code == 302
