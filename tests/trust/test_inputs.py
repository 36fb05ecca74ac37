"""Malformed input at every door: whatever is sent, the answer is a page, a problem or a redirect, never an accident."""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import seed as seeded
from hypothesis import strategies as st
from tests.trust.kit.addresses import addresses, pages
from tests.trust.kit.house import House, build
from tests.trust.kit.sound import sound_body, sound_form
from tests.trust.test_matrix import token_for

from goodword.base.core import clock
from goodword.doors.api.tokens import every_right
from goodword.doors.web.cases.abilities import ABILITIES
from goodword.engine.journal.verifying import verify
from goodword.voice.cases.models import Case

pytestmark = pytest.mark.django_db
SCALE = {"quick": 1, "slow": 8, "full": 80}
AWKWARD = (
    "", " ", "\x00", "a\x00b", "\ud7ff", "\u202e", "\ufeff", "😀" * 50, "'; DROP TABLE cases_case; --", "<script>x</script>",
    "{{7*7}}", "{% include 'x' %}", "../../etc/passwd", "%00", "%s%n", "-1", "0", "99999999999999999999", "1e309", "NaN",
    "2026-13-45", "0001-01-01T00:00", "9999-12-31T23:59", "١٢٣", "１３８", "null", "true", "[]", "=1+1", "a" * 5_000,
)  # fmt: skip
WORDS = st.one_of(st.sampled_from(AWKWARD), st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), WORDS),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=8,
)


@pytest.fixture
def house(db: None) -> House:
    cache.clear()
    return build()


Try = Callable[[int, st.SearchStrategy[Any], Callable[[Any], Any]], None]


@pytest.fixture
def attempt(size: str, seed: int) -> Try:
    """`attempt(30, strategy, send)`: `send` answers 30 drawn inputs (more at larger sizes), none with an accident."""

    def run(count: int, strategy: st.SearchStrategy[Any], send: Callable[[Any], Any]) -> None:
        answers = Counter[int]()

        @seeded(seed)
        @settings(
            max_examples=count * SCALE[size],
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
            phases=(Phase.generate, Phase.shrink),
        )
        @given(strategy)
        def one(drawn: Any) -> None:
            cache.clear()  # limits on how often somebody may try are not what is tried here
            answer = send(drawn)
            answers[answer.status_code] += 1
            assert answer.status_code < 500, answer.content.decode()[:300]

        one()
        print(f"{answers.total()} inputs, answered {dict(answers)}")

    return run


def visitor() -> Client:
    return Client(HTTP_HOST="localhost", raise_request_exception=False)


def fields(*names: str) -> st.SearchStrategy[dict[str, Any]]:
    """A form with some of its own fields, some strange ones, some several times, all filled with anything."""
    known = st.sampled_from(names)
    return st.dictionaries(known | WORDS, WORDS | st.lists(WORDS, max_size=3), max_size=10)


FILE = st.builds(
    SimpleUploadedFile,
    WORDS.map(lambda name: name.replace("/", "_").strip(". ") or "x"),
    st.binary(max_size=400)
    | st.sampled_from([b"", b"PK\x03\x04", b"%PDF-1.7", b"\x89PNG\r\n\x1a\n", b"<svg onload=x>"]),
    st.sampled_from(["image/png", "text/html", "application/x-sh", "", "a/b; c=d"]),
)
SOUND_FEEDBACK = {"text": "摄像机黑屏。", "name": "李示例", "phone": "13800005678", "key": "k" * 24}
PORTAL = (
    "text",
    "name",
    "phone",
    "email",
    "kind",
    "order",
    "order_number",
    "consent",
    "once",
    "language",
    "next",
)


def test_the_public_form(house: House, attempt: Try) -> None:
    drawn = st.tuples(fields(*PORTAL), st.lists(FILE, max_size=3))
    attempt(60, drawn, lambda d: visitor().post("/p/", {**d[0], "photos": d[1]}))


def test_a_sound_public_form_with_one_value_spoilt(house: House, attempt: Try) -> None:
    names = st.sampled_from((*SOUND_FEEDBACK, "asks", "asked_by_at", "order", "device"))
    drawn = st.tuples(names, WORDS, st.lists(FILE, max_size=2), st.uuids())

    def send(d: Any) -> Any:
        return visitor().post("/p/", {**SOUND_FEEDBACK, "key": d[3].hex, d[0]: d[1], "photos": d[2]})

    attempt(60, drawn, send)


def test_the_public_pages_of_a_case(house: House, attempt: Try) -> None:
    where = st.sampled_from([a.filled({}) for a in pages("POST") if a.door == "portal"])
    drawn = st.tuples(where, fields("number", "code", "text", "answer", "note", "reason"), WORDS)

    def send(d: Any) -> Any:
        client = visitor()
        client.cookies["goodword_case"] = quote(d[2])
        return client.post(d[0], d[1])

    attempt(40, drawn, send)


def test_the_log_in_page(house: House, attempt: Try) -> None:
    drawn = st.tuples(fields("username", "password", "next", "otp", "once"), WORDS)
    attempt(20, drawn, lambda d: visitor().post("/login/?next=" + quote(d[1]), d[0]))


def test_every_form_of_the_workbench(house: House, attempt: Try) -> None:
    names = ("text", "what", "note", "reason", "department", "assignee", "kind", "content", "severity", "channel", "satisfaction",
             "solved", "deadline_at", "compensation_amount", "into", "other", "number", "step", "solution", "help", "file",
             "name", "phone", "username", "role", "values", "holds_from", "starts_at", "ends_at", "year", "field")  # fmt: skip
    found = [address for address in pages("POST") if address.name not in {"web:logout"}]
    drawn = st.tuples(
        st.sampled_from(found), fields(*names), st.sampled_from(["service_lead", "administrator"])
    )

    def send(d: Any) -> Any:
        address, typed, role = d
        client = visitor()
        client.force_login(house.people[role].account)
        return client.post(address.filled(house.values(address.route, "own")), typed)

    attempt(120, drawn, send)
    assert list(verify()) == []


def test_every_ability_with_one_value_of_a_sound_form_spoilt(house: House, attempt: Try) -> None:
    actor = house.people["service_lead"].by
    client = visitor()
    client.force_login(house.people["service_lead"].account)
    numbers = (house.own["number"], house.foreign["number"])

    def send(d: Any) -> Any:
        ability, number, place, word = d
        case = Case.objects.get(number=number)
        typed = sound_form(ability.form(case=case, actor=actor, at=clock.now()))
        if typed and place >= 0:
            typed[sorted(typed)[place % len(typed)]] = word
        return client.post(ability.path(case), typed)

    drawn = st.tuples(st.sampled_from(ABILITIES), st.sampled_from(numbers), st.integers(-1, 9), WORDS)
    attempt(100, drawn, send)
    assert list(verify()) == []


def test_every_list_with_any_query(house: House, attempt: Try) -> None:
    client = visitor()
    client.force_login(house.people["service_lead"].account)
    names = ("page", "text", "state", "department", "order", "sort", "from", "to", "received_from", "assignee", "whose", "kind", "next", "customer", "overdue", "cursor", "limit")  # fmt: skip
    found = [address for address in pages("GET") if address.name != "web:healthz"]
    drawn = st.tuples(st.sampled_from(found), st.dictionaries(st.sampled_from(names), WORDS, max_size=5))
    attempt(80, drawn, lambda d: client.get(d[0].filled(house.values(d[0].route, "own")), d[1]))


def test_every_operation_of_the_api(house: House, attempt: Try) -> None:
    token = token_for(house.people["service_lead"].account, every_right())
    found = [
        (a, method)
        for a in addresses()
        if a.door == "api"
        for method in a.rights
        if a.name != "api:get_health"
    ]
    names = st.sampled_from(("text", "channel", "customer", "kind", "department", "assignee", "purpose", "steps", "amount", "deadline_at", "reached", "complete", "owner", "departments", "values", "lines", "note"))  # fmt: skip
    body = st.one_of(
        st.dictionaries(names | WORDS, JSON, max_size=8).map(_dumped),
        JSON.map(_dumped),
        st.binary(max_size=200),
    )
    headers = st.fixed_dictionaries(
        {},
        optional={
            "Idempotency-Key": st.text(
                st.characters(max_codepoint=255, exclude_characters="\r\n"), max_size=250
            ),
            "Accept-Language": st.text(
                st.characters(max_codepoint=255, exclude_characters="\r\n"), max_size=50
            ),
        },
    )
    kind = st.sampled_from(["application/json", "multipart/form-data; boundary=x", "multipart/form-data", "text/plain", "", "application/json; charset=x"])  # fmt: skip
    drawn = st.tuples(st.sampled_from(found), body, headers, kind, WORDS, st.booleans())

    def send(d: Any) -> Any:
        (address, method), raw, given_headers, content, word, real = d
        filled = house.values(address.route, "own")
        values = filled if real else dict.fromkeys(address.arguments, quote(word, safe="") or "x")
        return visitor().generic(
            "POST" if method == "*" else method,
            address.filled(values),
            raw,
            content_type=content,
            headers={"Authorization": f"Bearer {token}", **given_headers},
            query_params={"text": word, "cursor": word, "limit": word}
            if method == "GET" and not real
            else None,
        )

    attempt(200, drawn, send)
    assert list(verify()) == []


def test_every_operation_with_one_value_of_a_sound_body_spoilt(house: House, attempt: Try) -> None:
    token = token_for(house.people["service_lead"].account, every_right())
    whole = json.loads(visitor().get("/api/v1/openapi.json").content)
    named = {"department": "technology", "departments": ["warehouse"], "owner": house.cast.lead.pk, "assignee": None,
             "order_number": "", "device_serial": "", "customer_id": "", "contact_phone": "", "channel": "hotline", "customer": None}  # fmt: skip
    found = [
        (address, method, body["content"]["application/json"]["schema"])
        for address in addresses()
        if address.door == "api"
        for method in address.rights
        if (operation := whole["paths"].get(_in_schema(address.route), {}).get(method.lower()))
        and (body := operation.get("requestBody"))
        and "application/json" in body["content"]
    ]
    assert len(found) > 40

    def send(d: Any) -> Any:
        (address, method, schema), place, spoilt, which = d
        body = sound_body(schema, whole, named=named)
        if isinstance(body, dict) and body and place >= 0:
            body[sorted(body)[place % len(body)]] = spoilt
        return visitor().generic(
            method,
            address.filled(house.values(address.route, which)),
            _dumped(body),
            content_type="application/json",
            headers={"Authorization": f"Bearer {token}"},
        )

    places, objects = st.integers(-1, 9), st.sampled_from(["own", "foreign"])
    attempt(200, st.tuples(st.sampled_from(found), places, JSON | WORDS, objects), send)
    assert list(verify()) == []


def _in_schema(route: str) -> str:
    """The route as the description writes it."""
    return "/" + route.replace("<", "{").replace(">", "}")


def _dumped(value: Any) -> bytes:
    return json.dumps(value).encode()


@pytest.mark.parametrize("year", ["0001-01-01T00:00", "1899-12-31T23:59", "9999-12-31T23:59"])
def test_a_moment_of_another_age_is_refused_at_every_door(house: House, year: str) -> None:
    """PostgreSQL takes year 1 in Shanghai, gives back a year before Christ, and the row can be read no more."""
    client, token = visitor(), token_for(house.people["service_lead"].account, every_right())
    assert client.post("/p/", {**SOUND_FEEDBACK, "asked_by_at": year}).status_code == 422
    client.force_login(house.people["service_lead"].account)
    record = f"/cases/{house.own['number']}/record/"
    assert client.post(record, {"asked_by_at": year}).status_code == 422
    assert (
        client.post("/cases/new/", {"text": "黑屏", "channel": "hotline", "asked_by_at": year}).status_code
        == 422
    )
    body = {"text": "黑屏", "channel": "hotline", "asked_by_at": f"{year}:00+08:00"}
    answer = client.post("/api/v1/cases", json.dumps(body), content_type="application/json", headers={"Authorization": f"Bearer {token}"})  # fmt: skip
    assert answer.status_code == 422
    assert client.get("/cases/").status_code == 200


def test_strange_tokens(house: House, attempt: Try) -> None:
    header = st.text(st.characters(max_codepoint=255, exclude_characters="\r\n"), max_size=300)
    attempt(30, header, lambda h: visitor().get("/api/v1/cases", headers={"Authorization": h}))


def test_a_ledger_of_any_bytes(house: House, attempt: Try) -> None:
    client = visitor()
    client.force_login(house.people["intake"].account)
    sound = "编号,客户姓名,受理时间,内容\r\n1,张测试,2019-06-03,黑屏\r\n".encode()
    mutated = st.tuples(st.integers(0, len(sound)), st.binary(max_size=20)).map(lambda m: sound[: m[0]] + m[1] + sound[m[0] :])  # fmt: skip
    raw = st.one_of(mutated, st.binary(max_size=300), st.sampled_from([b"", b"PK\x03\x04" + b"\x00" * 60, b"\xd0\xcf\x11\xe0" + b"\x00" * 600, b"<table><tr><td>" * 99]))  # fmt: skip
    name = st.sampled_from(["a.csv", "a.xlsx", "a.xls", "a.ods", "a", "台账.CSV", "../a.csv", "a.csv.exe"])
    drawn = st.tuples(raw, name, st.sampled_from(["history", "new", "x"]))
    attempt(
        12, drawn, lambda d: client.post("/ledger/", {"file": SimpleUploadedFile(d[1], d[0]), "mode": d[2]})
    )


def test_bodies_that_end_too_early_or_are_too_large(house: House) -> None:
    client, token = visitor(), token_for(house.people["service_lead"].account, every_right())
    large = io.BytesIO(b"{" + b" " * (2 * 2**20))
    for path, content in (
        ("/api/v1/cases", "application/json"),
        ("/p/", "application/x-www-form-urlencoded"),
    ):
        answer = client.generic("POST", path, large.getvalue(), content_type=content, headers={"Authorization": f"Bearer {token}"})  # fmt: skip
        assert answer.status_code in {400, 413, 422, 200}, path
        answer = client.post(path, b'{"text": "half', content_type="application/json", headers={"Authorization": f"Bearer {token}"})  # fmt: skip
        assert answer.status_code < 500, path
    attachments = f"/api/v1/cases/{house.own['number']}/attachments"
    for content in ("multipart/form-data", "multipart/form-data; boundary=x"):
        answer = client.generic("POST", attachments, b"--y\r\n", content_type=content, headers={"Authorization": f"Bearer {token}"})  # fmt: skip
        assert answer.status_code in {400, 422}, content
    many = "&".join(f"f{n}=1" for n in range(5_000))
    assert client.post("/p/", many, content_type="application/x-www-form-urlencoded").status_code == 400
