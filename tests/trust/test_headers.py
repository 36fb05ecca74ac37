"""What every answer carries, and what none does: policy headers, cookies, origins, traces; and a GET writes nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import connection
from django.test import Client, override_settings
from django.urls import path
from tests.trust.kit.addresses import addresses, pages
from tests.trust.kit.house import House, build
from tests.trust.test_matrix import browser, send, token_for

from goodword import urls as product
from goodword.doors.api.tokens import every_right

pytestmark = pytest.mark.django_db
ROLES = ("service_lead", "administrator", "general_manager", "intake")
OF_OURSELVES = {"django_session", "axes_accesslog", "api_apitoken"}
"""Log-ins and the token this walk begins with; of looking itself they only keep that somebody is still here."""
NOT_KEPT = ("no-store", "private, no-store", "private, no-cache")
"""Nothing is kept, or (what asks again every few seconds) by this browser alone and never shown unasked."""
TRACES = re.compile(
    r"Traceback|File \"|/site-packages/|/src/goodword|\.py\b|Django|django|Python/|granian|sqlite|psycopg|SELECT |"
    r"DJANGO_SETTINGS|__\w+__|at 0x[0-9a-f]+"
)


@pytest.fixture
def house(db: None) -> House:
    cache.clear()
    return build()


class Sources(HTMLParser):
    """Everything a page has a browser fetch or send, and what would run in it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.wanted: list[str] = []
        self.inline: list[str] = []
        self._script = False
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        for name in ("src", "href", "action", "srcset", "poster", "data", "formaction", "hx-get", "hx-post"):
            value = given.get(name)
            if value and not (tag == "a" and name == "href"):
                self.wanted.append(value)
        self.inline += [f"{tag} {name}" for name in given if name.startswith("on") or name == "style"]
        if tag == "style" or (tag == "script" and not given.get("src") and given.get("type", "") not in DATA):
            self.inline.append(tag)


DATA = ("application/json", "text/template")


def answers(house: House) -> Iterator[tuple[str, Any]]:
    """Each page opened by whoever may, without a log-in, and not found; the API read by a token."""
    for account in (None, *(house.people[role].account for role in ROLES)):
        client = browser(account)
        for address in pages("GET"):
            for which in ("own", "missing") if address.arguments else ("own",):
                where = address.filled(house.values(address.route, which))
                yield where, client.get(where)
        yield "/nowhere/at/all", client.get("/nowhere/at/all")
    token = token_for(house.people["service_lead"].account, every_right())
    for address in addresses():
        if address.door == "api" and "GET" in address.rights:
            where = address.filled(house.values(address.route, "own"))
            yield where, send(token, "GET", where)


@pytest.mark.either
def test_every_answer_carries_the_policy_and_nothing_from_elsewhere(house: House) -> None:
    looked, faults = 0, list[str]()
    for where, answer in answers(house):
        looked += 1
        faults += [f"{where}: {fault}" for fault in _faults(answer)]
    print(f"{looked} answers, {len(faults)} faults")
    assert faults == []


def _faults(answer: Any) -> Iterator[str]:
    policy = answer.headers.get("Content-Security-Policy", "")
    if "unsafe" in policy or not ("default-src 'none'" in policy or policy.startswith("sandbox")):
        yield f"policy: {policy}"
    if re.search(r"https?:|\*", policy):
        yield f"policy lets others in: {policy}"
    if answer.headers.get("X-Content-Type-Options") != "nosniff":
        yield "may be sniffed"
    if answer.headers.get("X-Frame-Options") != "DENY":
        yield "may be framed"
    if answer.headers.get("Referrer-Policy") not in ("same-origin", "no-referrer"):
        yield "tells where one came from"
    kept = answer.headers.get("Cache-Control", "")
    if kept not in NOT_KEPT:
        yield f"may be kept: {kept!r}"
    for name in ("Server", "X-Powered-By"):
        if name in answer.headers:
            yield f"says {name}"
    for cookie in answer.cookies.values():
        if cookie["samesite"] not in ("Lax", "Strict") or not (
            cookie["httponly"] or cookie.key == "csrftoken"
        ):
            yield f"cookie {cookie.key}"
    if "text/html" in answer.headers.get("Content-Type", ""):
        found = Sources(answer.content.decode())
        yield from (f"inline {what}" for what in found.inline)
        yield from (
            f"fetches {what}" for what in found.wanted if urlsplit(what).netloc or what.startswith("//")
        )


def test_attachments_are_served_so_that_they_cannot_act(house: House) -> None:
    answer = browser(house.people["service_lead"].account).get(
        f"/cases/{house.own['number']}/attachments/{house.own['attachment']}/"
    )
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Security-Policy"].startswith("sandbox")
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_log_in_and_form_cookies_are_kept_from_scripts_and_other_sites(house: House) -> None:
    account = house.people["service_lead"].account
    account.set_password("a-long-invented-one")
    account.save()
    client = Client(HTTP_HOST="localhost")
    client.get("/login/")
    client.post("/login/", {"username": account.username, "password": "a-long-invented-one"})
    session = client.cookies["sessionid"]
    assert session["httponly"]
    assert session["samesite"] == "Lax"
    assert client.cookies["csrftoken"]["samesite"] == "Lax"


def test_a_form_without_its_token_is_refused(house: House) -> None:
    client = Client(enforce_csrf_checks=True, HTTP_HOST="localhost")
    client.force_login(house.people["service_lead"].account)
    for where in (
        "/cases/new/",
        f"/cases/{house.own['number']}/notes/",
        "/p/",
        "/logout/",
        "/profile/password/",
    ):
        answer = client.post(where, {"text": "别处来的"})
        assert answer.status_code == 403, where
        assert not TRACES.search(answer.content.decode()), where


def _broken(request: Any) -> None:
    raise RuntimeError("SELECT secret FROM goodword at 0xdeadbeef")


class Broken:
    """The product's addresses and one more, behind which everything fails."""

    urlpatterns = [path("broken/", _broken), *product.urlpatterns]
    handler400, handler403 = product.handler400, product.handler403
    handler404, handler500 = product.handler404, product.handler500


def test_an_error_says_nothing_of_what_is_behind_it(house: House) -> None:
    token = token_for(house.people["service_lead"].account, every_right())
    client = browser(house.people["service_lead"].account)
    with override_settings(ROOT_URLCONF=Broken):
        broken = client.get("/broken/")
    assert broken.status_code == 500
    asked = [
        broken,
        client.get("/nowhere/"),
        client.get("/cases/99999999/"),
        client.post("/healthz"),
        client.get("/", headers={"host": "evil.example"}),
        browser(house.people["administrator"].account).get("/cases/"),
        client.get("/cases/?page=%00"),
        send(token, "GET", "/api/v1/nowhere"),
        send(token, "PUT", "/api/v1/cases"),
        send("", "GET", "/api/v1/cases"),
        send(token, "POST", "/api/v1/cases"),
        client.post("/api/v1/cases", "{", content_type="application/json", headers={"authorization": f"Bearer {token}"}),
    ]  # fmt: skip
    for answer in asked:
        text = re.sub(r"/static/[^\"]*|csrfmiddlewaretoken\" value=\"[^\"]*|X-CSRFToken\": \"[^\"]*", "", answer.content.decode())  # fmt: skip
        assert answer.status_code < 400 or not TRACES.search(text), (answer.status_code, TRACES.search(text))
    assert [answer.status_code for answer in asked][1:5] == [404, 404, 405, 400]


def counted() -> dict[str, int]:
    """How many rows each table has."""
    return {
        model._meta.db_table: model._default_manager.count()
        for model in apps.get_models()
        if model._meta.db_table not in OF_OURSELVES
    }


def newest() -> dict[str, str]:
    """What the rows of cases, obligations and messages say, as one string each."""
    said = {}
    for table in (
        "cases_case",
        "obligations_obligation",
        "channels_outboxmessage",
        "channels_notice",
        "journal_head",
    ):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {table} ORDER BY id")
            said[table] = str(cursor.fetchall())
    return said


@pytest.mark.either
def test_looking_writes_nothing(house: House) -> None:
    before, said = counted(), newest()
    looked = sum(1 for _ in answers(house))
    assert looked > 200
    assert {table: n for table, n in counted().items() if n != before[table]} == {}
    assert newest() == said
    print(f"{looked} looks, {len(before)} tables unchanged")
