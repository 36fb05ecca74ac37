"""Malformed input in quantity at web, API and spreadsheet import: no accident, no raw lost, p99 under a second.

Where test_inputs.py looks into every corner, this counts: 300, 2,000 or 10,000 inputs for each door.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.support.appbox import opened, tells
from tests.trust.kit.addresses import Address, addresses, pages
from tests.trust.kit.house import House, build
from tests.trust.kit.malformed import bodies, books, forms
from tests.trust.kit.malformed.measuring import Tally
from tests.trust.kit.malformed.words import encoded, word
from tests.trust.kit.sound import sound_body, sound_form
from tests.trust.test_inputs import visitor
from tests.trust.test_matrix import token_for

from goodword.base.core import clock
from goodword.base.core.transactions import one_fact
from goodword.company.channels.actions.receiving import opened as opened_raw
from goodword.company.channels.models import InboundMessage
from goodword.doors.api.tokens import every_right
from goodword.doors.portal import visits
from goodword.doors.web.cases.abilities import ABILITIES
from goodword.engine.journal.verifying import verify
from goodword.voice.cases.ledger import jobs
from goodword.voice.cases.models import Case, LedgerRun

pytestmark = pytest.mark.django_db
INPUTS = {"quick": 300, "slow": 2_000, "full": 10_000}
FEEDBACK = {
    "text": "摄像机黑屏。",
    "name": "李示例",
    "phone": "13800005678",
    "asks": "换一台",
    "order": "",
    "asked_by_at": "2027-01-05T10:00",
}
OF_A_CASE = {
    "case/add/": {"text": "补充:还是黑屏。", "key": "k" * 24},
    "case/answer/": {"solution": "1", "answer": "accept", "why": "可以"},
    "case/withdraw/": {"why": "不用了"},
}
CHAT = {
    "chat/": {"text": "没有声音", "key": "k" * 24, "token": "", "name": "李示例", "order": "", "site": ""},
    "chat/news/": {"token": "x" * 43, "tag": "y" * 20},
}
SETTINGS_TRIED = {"name": "测试", "username": "nobody9", "role": "engineer", "department": "service", "year": "2027", "starts_at": "2027-01-05T10:00",
                  "ends_at": "2027-01-06T10:00", "reason": "试", "values": "1", "holds_from": "2027-01-05", "text": "试", "kind": "streamer", "phone": "13800005678",
                  "language": "en", "next": "/", "current": "x", "new": "y", "mode": "history", "column_text": "内容", "once": "k" * 24}  # fmt: skip
STRANGE_HEADERS: list[dict[str, str]] = [
    {},
    {},
    {},
    {},
    {"HTTP_HX_REQUEST": "true"},
    {"HTTP_ACCEPT_LANGUAGE": "x" * 4_000},
    {"HTTP_X_FORWARDED_FOR": "' OR 1=1"},
    {"HTTP_COOKIE": "a=\xff; sessionid=\x01"},
    {"CONTENT_LENGTH": "abc"},
    {"CONTENT_LENGTH": "-1"},
]
LEFT_ALONE = {"web:logout"}
Send = Callable[[], Any]


@pytest.fixture
def house(db: None) -> House:
    cache.clear()
    return build()


def test_the_web(house: House, size: str, chance: random.Random) -> None:
    tally, web = Tally("web"), Web(house, chance)
    opened()
    for _ in range(INPUTS[size]):
        cache.clear()  # limits on how often somebody may try are not what is tried here
        about, send = web.one()
        before = newest_number()
        answer = tally.ask(about, send)
        if about == "portal form" and answer.status_code in (200, 302):
            tally.kept += 1
            if newest_number() == before:
                tally.faults.append("a form was thanked for, and there is no case")
    assert {client.get("/profile/").status_code for client in web.clients.values()} == {200}, (
        "still logged in"
    )
    assert list(verify()) == []
    tally.report()


def newest_number() -> int:
    """The number of the newest case."""
    return Case.objects.order_by("-number").values_list("number", flat=True)[0]


class Web:
    """Draws one input after another for the pages: portal, log-in, every ability, every other form, every query."""

    def __init__(self, house: House, chance: random.Random) -> None:
        self.house, self.chance = house, chance
        self.forms = [a for a in pages("POST") if a.door == "web" and a.name not in LEFT_ALONE]
        self.pages = [a for a in pages("GET") if a.name != "web:healthz"]
        self.clients = {role: self._logged_in(role) for role in ("service_lead", "administrator")}
        self.case = Case.objects.get(number=house.own["number"])

    def one(self) -> tuple[str, Send]:
        """What it is about, and how to send it."""
        return self.chance.choice(
            [
                self._feedback,
                self._feedback,
                self._portal,
                self._login,
                self._ability,
                self._ability,
                self._form,
                self._query,
            ]
        )()

    def _logged_in(self, role: str) -> Client:
        client = visitor()
        client.force_login(self.house.people[role].account)
        return client

    def _feedback(self) -> tuple[str, Send]:
        sent = forms.form(
            {**FEEDBACK, "key": f"{self.chance.getrandbits(120):030x}"}, self.chance, file="photos"
        )
        return "portal form", self._post(visitor(), "/p/", sent)

    def _portal(self) -> tuple[str, Send]:
        client, where = (
            visitor(),
            self.chance.choice([*OF_A_CASE, *CHAT, "track/", "track/leave/", "language/"]),
        )
        answer = _Cookies()
        visits.begin(answer, self.case)  # type: ignore[arg-type]
        kept = (
            answer.value
            if self.chance.random() < 0.8
            else quote(encoded(word(self.chance)[:2_000], self.chance))
        )
        client.cookies[visits.COOKIE] = kept
        sound = (OF_A_CASE | CHAT).get(
            where, {"number": str(self.case.number), "code": "ABCD-EFGH", "language": "en", "next": "/p/"}
        )
        sent = forms.form(sound, self.chance, file="photos" if where in ("case/add/", "chat/") else "")
        return f"portal {where}", self._post(client, f"/p/{where}", sent)

    def _login(self) -> tuple[str, Send]:
        sound = {"username": "role_engineer", "password": "x", "csrfmiddlewaretoken": "x"}
        target = "/login/?next=" + quote(encoded(word(self.chance)[:2_000], self.chance))
        return "log-in", self._post(visitor(), target, forms.form(sound, self.chance))

    def _ability(self) -> tuple[str, Send]:
        ability = self.chance.choice(ABILITIES)
        case = Case.objects.get(number=self.house.own["number"])
        role = self.house.people["service_lead"].by
        with one_fact():
            sound = sound_form(ability.form(case=case, actor=role, at=clock.now()))
        typed = {name: str(value) for name, value in sound.items()} | {
            "once": f"{self.chance.getrandbits(120):030x}"
        }
        sent = forms.form(typed, self.chance)
        return f"ability {ability.path(case)}", self._post(
            self.clients["service_lead"], ability.path(case), sent
        )

    def _form(self) -> tuple[str, Send]:
        address, role = self.chance.choice(self.forms), self.chance.choice(list(self.clients))
        named = self.chance.sample(sorted(SETTINGS_TRIED), 8)
        sent = forms.form({name: SETTINGS_TRIED[name] for name in named}, self.chance)
        return f"form {address.route}", self._post(self.clients[role], self._path(address), sent)

    def _query(self) -> tuple[str, Send]:
        address = self.chance.choice(self.pages)
        client = self.chance.choice([*self.clients.values(), visitor()])
        names = (
            "page",
            "text",
            "state",
            "department",
            "order",
            "sort",
            "from",
            "to",
            "assignee",
            "kind",
            "next",
            "cursor",
            "year",
            "month",
            "period",
        )
        query = "&".join(
            f"{self.chance.choice(names)}={quote(encoded(word(self.chance)[:1_500], self.chance))}"
            for _ in range(self.chance.randint(1, 4))
        )
        path = self._path(address)
        return f"query {address.route}", lambda: client.generic("GET", path, QUERY_STRING=query)

    def _path(self, address: Address) -> str:
        """With objects that are there, or with words where they would stand."""
        values = self.house.values(address.route, "own")
        if address.arguments and self.chance.random() < 0.15:
            values = {
                name: quote(encoded(word(self.chance)[:200], self.chance), safe="") or "x"
                for name in address.arguments
            }
        return address.filled(values)

    def _post(self, client: Client, path: str, sent: forms.Sent) -> Send:
        strange = self.chance.choice(STRANGE_HEADERS)
        if "HTTP_COOKIE" in strange:
            client = visitor()  # the answer takes back the cookie it was shown
        return lambda: client.generic("POST", path, sent.body, content_type=sent.content_type, **strange)


class _Cookies:
    """Takes the cookie of a visit, as a response would."""

    value = ""

    def set_cookie(self, _name: str, value: str, **_: Any) -> None:
        self.value = value


def test_the_api(house: House, size: str, chance: random.Random) -> None:
    tally = Tally("API")
    token = token_for(house.people["service_lead"].account, every_right())
    operations = _operations(house)
    for _ in range(INPUTS[size]):
        cache.clear()
        about, send, sent = _call(house, token, chance.choice(operations), chance)
        answer = tally.ask(about, send)
        if about == "POST api/v1/cases" and answer.status_code == 201:
            tally.kept += 1
            said = json.loads(sent)["text"]
            kept = Case.objects.get(number=answer.json()["number"]).text
            if kept != said.strip().replace("\x00", ""):
                tally.faults.append(f"other words than were sent: {said[:60]!r}, {kept[:60]!r}")
    assert list(verify()) == []
    tally.report()


def _operations(house: House) -> list[tuple[Address, str, Any]]:
    """Every operation with a sound body; intake, where the words come in, as often as ten others."""
    whole = json.loads(visitor().get("/api/v1/openapi.json").content)
    named = {"department": "technology", "departments": ["warehouse"], "owner": house.cast.lead.pk, "assignee": None, "customer": None,
             "order_number": "", "device_serial": "", "customer_id": "", "contact_phone": "", "channel": "hotline"}  # fmt: skip
    found = []
    for address in addresses():
        if address.door != "api" or address.name == "api:get_health":
            continue
        path = "/" + address.route.replace("<", "{").replace(">", "}")
        for method in address.rights:
            declared = (
                whole["paths"].get(path, {}).get(method.lower(), {}).get("requestBody", {}).get("content", {})
            )
            schema = declared.get("application/json", {}).get("schema")
            sound = sound_body(schema, whole, named=named) if schema else {}
            is_intake = (address.route, method) == ("api/v1/cases", "POST")
            found += [(address, "POST" if method == "*" else method, sound)] * (10 if is_intake else 1)
    return found


def _call(
    house: House, token: str, operation: tuple[Address, str, Any], chance: random.Random
) -> tuple[str, Send, bytes]:
    address, method, sound = operation
    raw = b"" if method == "GET" else bodies.body(sound, chance)
    values = house.values(address.route, "own")
    if address.arguments and chance.random() < 0.15:
        values = {
            name: quote(encoded(word(chance)[:200], chance), safe="") or "x" for name in address.arguments
        }
    headers = {"HTTP_AUTHORIZATION": f"Bearer {token}"}
    if chance.random() < 0.2:
        headers["HTTP_IDEMPOTENCY_KEY"] = chance.choice(bodies.KEYS)
    if chance.random() < 0.03:
        headers["HTTP_AUTHORIZATION"] = chance.choice(
            ["", "Bearer", "Bearer \xff", f"bearer  {token} x", "Basic " + "A" * 9_000, token]
        )
    if method == "GET":
        headers["QUERY_STRING"] = "&".join(
            f"{name}={quote(encoded(word(chance)[:900], chance))}"
            for name in ("text", "cursor", "limit", "state")
            if chance.random() < 0.5
        )
    kind = chance.choice(bodies.TYPES) if chance.random() < 0.3 else "application/json"
    path = address.filled(values)
    return (
        f"{method} {address.route}",
        lambda: visitor().generic(method, path, raw, content_type=kind, **headers),
        raw,
    )


@pytest.mark.either
def test_the_signed_door_of_the_companys_app(house: House, size: str, chance: random.Random) -> None:
    opened()
    tally = Tally("app box")
    sound = {"type": "message", "user": "u-77", "text": "没有声音", "name": "李示例", "order": "", "device": "", "talk": True, "files": [{"name": "a.png", "data": "iVBORw0KGgo="}], "line": 3}  # fmt: skip
    assert tells(sound).status_code == 200  # the reader is loaded now
    for number in range(INPUTS[size]):
        cache.clear()
        raw, name = bodies.body(sound, chance), f"bad-{number}"
        answer = tally.ask("message of the app", lambda raw=raw, name=name: tells(raw, message_id=name))
        if answer.status_code in (200, 422):
            tally.kept += 1
            row = InboundMessage.objects.filter(channel="app", outside_id=f"api:{name}").first()
            if row is None or opened_raw(row) != raw:
                tally.faults.append(f"the bytes are lost ({answer.status_code}): {raw[:60]!r}")
    assert list(verify()) == []
    tally.report()


@pytest.mark.either
def test_spreadsheet_import(house: House, size: str, chance: random.Random) -> None:
    tally = Tally("spreadsheets")
    client = visitor()
    client.force_login(house.people["intake"].account)
    for number in range(INPUTS[size]):
        book = books.book(chance)
        sent = {"file": SimpleUploadedFile(book.name, book.raw), "mode": chance.choice(["history", "new"])}
        answer = tally.ask(book.about, lambda sent=sent: client.post("/ledger/", sent))
        if book.raw:
            tally.kept += 1
            if not _is_kept(book.raw):
                tally.faults.append(f"{book.about}: the bytes are lost ({answer.status_code})")
        if answer.status_code == 302:
            _go_on(tally, client, answer["Location"], book, starts=number % 5 == 0)
    assert list(verify()) == []
    tally.report()


def _is_kept(raw: bytes) -> bool:
    row = InboundMessage.objects.filter(digest=hashlib.sha256(raw).hexdigest()).first()
    return row is not None and bytes(row.raw) == raw


def _go_on(tally: Tally, client: Client, path: str, book: books.Book, *, starts: bool) -> None:
    """What was readable is looked at, and one in five is carried to its end by the worker's job."""
    tally.ask(f"preview of {book.about}", lambda: client.get(path))
    if not starts:
        return
    tally.ask(f"start of {book.about}", lambda: client.post(f"{path}start/"))
    jobs.work(clock.now())
    tally.ask(f"outcome of {book.about}", lambda: client.get(path))
    assert not LedgerRun.objects.filter(state__in=("queued", "running")).exists(), book.about
