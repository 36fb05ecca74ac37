"""What is somebody else's: cases, files, notices and codes. It answers as what is not there does, at the same cost."""

from __future__ import annotations

import io
import uuid
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.cast import merged_away
from tests.trust.kit.addresses import Address, addresses
from tests.trust.kit.house import CANARIES, House, build
from tests.trust.test_matrix import OF_A_CASE, browser, opens, send, text_of, token_for

from goodword.base.core import clock
from goodword.base.core.ids import token_digest
from goodword.company.channels.models import Notice
from goodword.doors.api.tokens import every_right
from goodword.voice.cases.actions import replying
from goodword.voice.cases.models import Case

pytestmark = pytest.mark.django_db
CODES = {"own": "K7M2P9QX4T", "foreign": "W3R8N5VJ6H", "merged": "B4D7F2GK9M"}
LIMITED = ("engineer", "department_head")
"""Roles that see the cases of their department only."""


@pytest.fixture
def house(db: None) -> House:
    cache.clear()
    return build()


def of_cases(method: str) -> list[Address]:
    return [a for a in addresses() if OF_A_CASE.search(a.route) and method in a.rights]


def test_foreign_and_missing_cost_the_same(house: House) -> None:
    """Status, words and number of statements: what a clock on the line could tell apart is how much was asked for."""
    compared, differ = 0, list[str]()
    for role in LIMITED:
        token = token_for(house.people[role].account, every_right())
        client = browser(house.people[role].account)
        client.get("/profile/")  # the first look of each notes that somebody is here
        send(token, "GET", "/api/v1/labels")
        for method in ("GET", "POST", "PATCH", "DELETE"):
            for address in of_cases(method):
                if not opens(role, address.rights[method]):
                    continue
                foreign, missing = _both(house, client, token, method, address)
                compared += 1
                if foreign != missing or foreign[0] not in (404, 422):
                    differ.append(f"{role} {method} {address.route}: {foreign[::2]} {missing[::2]}")
    print(f"{compared} pairs compared, {len(differ)} differ")
    assert compared > 100
    assert differ == []


def _both(
    house: House, client: Client, token: str, method: str, address: Address
) -> tuple[tuple[int, str, int], ...]:
    """What both answer. Where they differ, once more: what every few seconds is read anew falls to either of them."""
    both: tuple[tuple[int, str, int], ...] = ()
    for _ in range(2):
        both = tuple(_asked(house, client, token, method, address, which) for which in ("foreign", "missing"))
        if both[0] == both[1]:
            break
    return both


def _asked(
    house: House, client: Client, token: str, method: str, address: Address, which: str
) -> tuple[int, str, int]:
    """Status, words, statements."""
    path = address.filled(house.values(address.route, which))
    with CaptureQueriesContext(connection) as asked:
        answer: Any = (
            send(token, method, path)
            if address.door == "api"
            else client.generic(method, path, headers={"HX-Request": "true"})
        )
    return answer.status_code, text_of(answer, path), len(asked)


def test_a_file_opens_below_its_own_case_only(house: House) -> None:
    own, foreign = house.own, house.foreign
    lead, engineer = (browser(house.people[role].account) for role in ("service_lead", "engineer"))
    token = token_for(house.people["service_lead"].account, every_right())
    at = f"/cases/{own['number']}/attachments/"
    assert lead.get(f"{at}{own['attachment']}/").status_code == 200
    assert lead.get(f"/cases/{foreign['number']}/attachments/{foreign['attachment']}/").status_code == 200
    elsewhere = lead.get(f"{at}{foreign['attachment']}/")
    nowhere = lead.get(f"{at}{uuid.UUID(int=9)}/")
    assert (elsewhere.status_code, nowhere.status_code) == (404, 404)
    assert text_of(elsewhere, f"{at}{foreign['attachment']}/") == text_of(nowhere, f"{at}{uuid.UUID(int=9)}/")
    for number in (own["number"], foreign["number"]):
        path = f"/cases/{number}/attachments/{foreign['attachment']}/"
        assert engineer.get(path).status_code == 404, path
    api = f"/api/v1/cases/{own['number']}/attachments/"
    assert send(token, "GET", f"{api}{own['attachment']}").status_code == 200
    assert send(token, "GET", f"{api}{foreign['attachment']}").status_code == 404


def test_nobody_reads_or_ticks_off_anothers_notices(house: House) -> None:
    lead, engineer = (house.people[role].account for role in ("service_lead", "engineer"))
    notice = Notice.objects.create(
        account=lead, kind="case.note", title_zh="只给主管的话", title_en="for the lead", path="/cases/1001/",
        subject_type="case", subject_id="1", created_at=clock.now(),
    )  # fmt: skip
    client, token = browser(engineer), token_for(engineer, every_right())
    assert "只给主管的话" in browser(lead).get("/notices/").content.decode()
    assert "只给主管的话" not in client.get("/notices/").content.decode()
    assert "只给主管的话" not in send(token, "GET", "/api/v1/notices").content.decode()
    answer = client.post("/notices/seen/", {"notice": notice.pk})
    assert answer.headers["Location"] == "/notices/", "not led to where another's notice leads"
    body = f'{{"notices": [{notice.pk}]}}'
    for sent in (body, "{}"):
        Client(HTTP_HOST="localhost").post("/api/v1/notices/seen", sent, content_type="application/json",
                                           headers={"Authorization": f"Bearer {token}"})  # fmt: skip
    client.post("/notices/seen/")
    notice.refresh_from_db()
    assert notice.seen_at is None


def test_ledgers_and_what_was_left_of_them_need_their_right(house: House) -> None:
    run = house.own["run_id"]
    for role, member in house.people.items():
        client = browser(member.account)
        may = client.get("/ledger/").status_code == 200
        for path in (f"/ledger/{run}/", f"/ledger/{run}/rejects/", f"/ledger/{run}/progress/"):
            assert (client.get(path).status_code == 200) is may, (role, path)
            assert browser(None).get(path).status_code == 302, path


def coded(case: Case, code: str) -> Case:
    Case.objects.filter(pk=case.pk).update(code_digest=token_digest(code))
    return case


def tried(number: object, code: str) -> tuple[Client, Any, int]:
    """A fresh visitor with number and code: their browser, the answer, how many statements it took."""
    cache.clear()
    client = Client(HTTP_HOST="localhost")
    with CaptureQueriesContext(connection) as asked:
        answer = client.post("/p/track/", {"number": str(number), "code": code})
    return client, answer, len(asked)


def test_number_and_code_belong_together(house: House) -> None:
    """One's number with another's code, a code nobody has, a number nobody has: one answer, word for word."""
    for which in ("own", "foreign"):
        number = house.own["number"] if which == "own" else house.foreign["number"]
        coded(Case.objects.get(number=number), CODES[which])
    own, foreign = house.own["number"], house.foreign["number"]
    assert tried(own, CODES["own"])[1].status_code == 302
    refused = [tried(own, CODES["foreign"]), tried(foreign, CODES["own"]), tried(own, "ZZZZZZZZZZ"),
               tried(99_999_999, CODES["own"]), tried(10**14, CODES["own"]), tried(own, CODES["own"][:9])]  # fmt: skip
    said = set()
    for (client, answer, asked), number in zip(
        refused, (own, foreign, own, 99_999_999, 10**14, own), strict=True
    ):
        assert client.get("/p/case/").status_code == 302, "nothing was opened"
        words = text_of(answer, "/p/track/").replace(f'value="{number}"', "")
        for code in (*CODES.values(), "ZZZZZZZZZZ", CODES["own"][:9]):
            words = words.replace(code, "")
        said.add((answer.status_code, words, asked))
    assert len(said) == 1
    assert {status for status, _, _ in said} == {404}


def test_the_code_of_a_merged_case_opens_that_case_and_no_word_of_the_other(house: House) -> None:
    case = coded(merged_away(house.cast), CODES["merged"])
    other = case.merged_into
    assert other is not None
    replying.customer_wrote(other, text=f"别处写来的话 {CANARIES[0]}", channel="wechat", at=clock.now())
    assert tried(other.number, CODES["merged"])[1].status_code == 404, (
        "the number it goes on under needs its own"
    )
    client, answer, _ = tried(case.number, CODES["merged"])
    assert answer.status_code == 302
    page = client.get("/p/case/")
    assert page.status_code == 200
    assert "别处写来的话" not in page.content.decode()
    assert [canary for canary in CANARIES if canary in page.content.decode()] == []
    attached = io.BytesIO(b"\x89PNG\r\n\x1a\n" + bytes(64))
    attached.name = "a.png"
    client.post("/p/case/add/", {"text": "补充一句", "key": "k" * 24, "photos": attached})
    assert not other.messages.filter(text="补充一句", case_id=house.own["number"]).exists()


def test_a_visit_ends_with_its_code_and_is_not_carried_to_another_case(house: House) -> None:
    own = coded(Case.objects.get(number=house.own["number"]), CODES["own"])
    client, _, _ = tried(own.number, CODES["own"])
    assert client.get("/p/case/").status_code == 200
    coded(own, CODES["foreign"])
    assert client.get("/p/case/").status_code == 302, "a code that is no longer the case's opens nothing"
