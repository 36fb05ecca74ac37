"""CS-3.1a: needs come from customers, from research, and from any employee who hears one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from tests.cast import Cast, make_cast, told

from goodword.base.core import clock
from goodword.base.core.errors import Forbidden, Invalid
from goodword.engine.obligations.models import Obligation
from goodword.engine.policy.queries import all_clauses
from goodword.voice.cases.actions.hearing import hear
from goodword.voice.cases.actions.receiving import Word, receive
from goodword.voice.cases.models import Case

ID = "CS-3.1a"
SOURCES = ["talk", "visit", "interview", "questionnaire", "noticed"]


def running(case: Case) -> list[str]:
    rows = Obligation.objects.filter(subject_id=str(case.pk), state="open").order_by("clause_id")
    return list(rows.values_list("clause_id", flat=True))


def test_whoever_hears_one_passes_it_on_whatever_his_role(cast: Cast) -> None:
    assert [source["code"] for source in all_clauses()[ID].values["sources"]] == SOURCES
    teller = cast.engineer
    with pytest.raises(Forbidden):
        receive(Word(text="客户想要延长租期", channel="hotline"), by=teller.by, at=cast.at)
    case = hear("客户想要按天延长租期", source="visit", by=teller.by, at=cast.at)
    assert (case.channel, case.created_by_id, case.state) == ("colleague", teller.account.pk, "received")
    assert told(case, "case.heard") == {"source": "visit"}
    assert [watcher.account_id for watcher in case.watchers.all()] == [teller.account.pk]


def test_it_is_triaged_as_any_other_but_owes_no_receipt_and_no_first_response(cast: Cast) -> None:
    case = hear("客户抱怨编码器总是黑屏", source="talk", by=cast.engineer.by, at=cast.at)
    assert running(case) == ["FB-3.2a"]
    other = receive(Word(text="客户抱怨编码器总是黑屏", channel="portal"), by=cast.intake.by, at=cast.at).case
    assert {"CS-3.2a", "FB-2.2d", "FB-3.2a"} <= set(running(other))


def test_nothing_said_and_nowhere_heard_is_refused(cast: Cast) -> None:
    for text, source in (("  ", "talk"), ("想要更长的线", "dream"), ("想要更长的线", "")):
        with pytest.raises(Invalid):
            hear(text, source=source, by=cast.engineer.by, at=cast.at)
    assert not Case.objects.exists()


@pytest.mark.django_db
def test_from_any_page_and_back_to_it() -> None:
    cast = make_cast(clock.now() - timedelta(days=1))
    client = Client()
    client.force_login(cast.warehouse_head.account)
    assert "data-heard" in client.get("/regulations/").content.decode()
    over = client.get("/heard/", headers={"HX-Request": "true", "Referer": "http://testserver/regulations/"})
    assert "<html" not in over.content.decode()
    assert 'value="http://testserver/regulations/"' in over.content.decode()
    sent = {"text": "客户说希望交付单上有二维码", "source": "talk", "next": "http://testserver/regulations/"}
    answer = client.post("/heard/", sent)
    assert (answer.status_code, answer["Location"]) == (302, sent["next"])
    case = Case.objects.get()
    assert f"#{case.number}" in client.get("/regulations/").content.decode()
    assert client.get(f"/cases/{case.number}/").status_code == 200
    away = client.post("/heard/", {**sent, "next": "https://elsewhere.example/"})
    assert away["Location"] == "/"
    assert client.post("/heard/", {**sent, "text": ""}).status_code == 422
