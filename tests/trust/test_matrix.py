"""The authorization matrix: every address × every role × own, foreign and missing objects, computed from what they declare.

Nothing is listed by hand: a new address is walked by itself, and one that declares nothing fails here.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from tests.trust.kit.addresses import ANYBODY, ANYBODY_LOGGED_IN, Address, addresses, pages
from tests.trust.kit.house import HOME, House, build

from goodword.base.core import clock
from goodword.base.core.ids import public_token, token_digest
from goodword.base.people.models import Account
from goodword.base.people.roles import ROLES
from goodword.doors.api.models import ApiToken
from goodword.doors.api.tokens import PREFIX, every_right
from goodword.engine.journal.models import Entry

pytestmark = pytest.mark.django_db
OBJECTS = ("own", "foreign", "missing")
OF_A_CASE = re.compile(r"cases/<(?:int:number|key)>/?")
LEADS_ON = {"web:settings"}
"""Open to everybody logged in, to lead on to the first page the person may open; 403 where there is none."""
BY_NAME = {"web:help-page", "portal:by-code", "portal:chat-file"}
"""Open to everybody (logged in), yet each names a thing that may not be there."""
SIGNED = "api/v1/hooks/"
"""Asks for the other side's signature whoever comes: no role and no token of ours opens it."""
OF_AN_OBLIGATION = re.compile(r"obligations/<")
PASSING = re.compile(
    r'nonce="[^"]*"|data-now="[^"]*"|name="csrfmiddlewaretoken" value="[^"]*"|"X-CSRFToken": ?"[^"]*"|value="[\w-]{16,}"'
)


@pytest.fixture
def house(db: None) -> House:
    cache.clear()
    return build()


def rights_of(role: str) -> frozenset[str]:
    return ROLES[role].rights | ROLES[role].home_rights


def opens(role: str, declared: frozenset[str]) -> bool:
    """Whether a role opens what declares this."""
    return declared in (ANYBODY, ANYBODY_LOGGED_IN) or bool(declared & rights_of(role))


def sees(role: str, which: str, address: Address) -> bool:
    """Whether the object is there for this role: a case of another department only for company-wide roles."""
    if which == "missing":
        return False
    if OF_A_CASE.search(address.route) and which == "foreign":
        return ROLES[role].company_wide and "cases.see" in ROLES[role].rights
    return True


def browser(account: Account | None) -> Client:
    client = Client(HTTP_HOST="localhost", raise_request_exception=False)
    if account is not None:
        client.force_login(account)
    return client


def text_of(answer: HttpResponse, path: str) -> str:
    """The answer without what differs by nature: its own address and random values."""
    return PASSING.sub("", whole(answer).decode(errors="replace")).replace(path, "")


def whole(answer: HttpResponse) -> bytes:
    """All of its body."""
    return b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]


class Walk:
    """Counts what was asked, and keeps what was not as declared."""

    def __init__(self) -> None:
        self.asked, self.deviations = Counter[str](), list[str]()

    def expect(self, held: bool, *about: object) -> None:
        self.asked["answers"] += 1
        if not held:
            self.deviations.append(" ".join(map(str, about)))

    def report(self, *, addresses: int, roles: int) -> None:
        print(
            f"{addresses} addresses × {roles} roles × {len(OBJECTS)} objects: "
            f"{self.asked['answers']} answers compared, {len(self.deviations)} deviations"
        )
        assert not self.deviations, "\n".join(self.deviations[:40])


def test_every_address_declares_who_may_open_it() -> None:
    found = addresses()
    assert len(found) > 150
    rights = frozenset().union(*(rights_of(role) for role in ROLES))
    for address in found:
        for method, declared in address.rights.items():
            assert declared in (ANYBODY, ANYBODY_LOGGED_IN) or declared <= rights, (address.route, method)


@pytest.mark.either
def test_pages_open_for_whom_they_declare_and_for_nobody_else(house: House) -> None:
    walk, found = Walk(), pages("GET")
    for role, member in house.people.items():
        client = browser(member.account)
        for address in found:
            look(walk, client, house, role, address)
    for account in (None, house.inactive):
        client = browser(account)
        for address in found:
            outside(walk, client.get(address.filled(house.values(address.route, "own"))), address)
    walk.report(addresses=len(found), roles=len(ROLES) + 2)


IN_PLACE = {"HX-Request": "true"}
"""A refusal is asked for as a fragment: the same check, a hundredth of the page. Whole refusals: test_headers.py."""


def look(walk: Walk, client: Client, house: House, role: str, address: Address) -> None:
    """One page by one role: as declared for each object; what is not there and what is not theirs answer alike."""
    declared = address.rights["GET"]
    hidden: dict[str, str] = {}
    for which in OBJECTS if address.arguments else ("own",):
        path = address.filled(house.values(address.route, which))
        answer = client.get(path, headers={} if opens(role, declared) else IN_PLACE)
        if not opens(role, declared):
            walk.expect(answer.status_code == 403, role, which, path, answer.status_code, "expected 403")
        elif address.name in LEADS_ON:
            walk.expect(answer.status_code in (302, 403), role, path, answer.status_code)
        elif OF_AN_OBLIGATION.search(address.route) and which != "missing":
            walk.expect(answer.status_code in (200, 404), role, which, path, answer.status_code)
        elif sees(role, which, address) or (
            declared in (ANYBODY, ANYBODY_LOGGED_IN) and address.name not in BY_NAME
        ):
            walk.expect(answer.status_code in (200, 302, 503), role, which, path, answer.status_code)
        else:
            walk.expect(answer.status_code == 404, role, which, path, answer.status_code, "expected 404")
        if answer.status_code == 404:
            hidden[which] = text_of(answer, path)
    walk.expect(len(set(hidden.values())) <= 1, role, address.route, "foreign and missing differ")


def outside(walk: Walk, answer: Any, address: Address) -> None:
    """Without a log-in: public pages answer, all others lead to the log-in page."""
    declared = next(iter(address.rights.values()))
    if declared == ANYBODY:
        walk.expect(answer.status_code in (200, 302, 503), "nobody", address.route, answer.status_code)
        walk.expect(not answer.headers.get("Location", "").startswith("/login/"), "nobody", address.route)
        return
    led = answer.status_code == 302 and answer["Location"].startswith("/login/")
    walk.expect(led, "nobody", address.route, answer.status_code, "expected the log-in page")


def test_posts_without_the_right_or_the_object_do_nothing(house: House) -> None:
    walk = Walk()
    found = [a for a in pages("POST") if a.rights["POST"] not in (ANYBODY, ANYBODY_LOGGED_IN)]
    before = Entry.objects.count()
    for role, member in house.people.items():
        client = browser(member.account)
        for address in found:
            post(walk, client, house, role, address)
    for account in (None, house.inactive):
        client = browser(account)
        for address in found:
            outside(walk, client.post(address.filled(house.values(address.route, "own"))), address)
    assert Entry.objects.count() == before, "something was journalled"
    walk.report(addresses=len(found), roles=len(ROLES) + 2)


def post(walk: Walk, client: Client, house: House, role: str, address: Address) -> None:
    """Without the right: refused. With it, on an object that is not theirs or not there: not found, and alike."""
    if not opens(role, address.rights["POST"]):
        path = address.filled(house.values(address.route, "own"))
        status = client.post(path, headers=IN_PLACE).status_code
        walk.expect(status == 403, role, "POST", path, status, "expected 403")
        return
    hidden: dict[str, str] = {}
    for which in ("foreign", "missing"):
        if not address.arguments or sees(role, which, address) or not OF_A_CASE.search(address.route):
            continue
        path = address.filled(house.values(address.route, which))
        answer = client.post(path, headers=IN_PLACE)
        walk.expect(answer.status_code == 404, role, "POST", which, path, answer.status_code, "expected 404")
        hidden[which] = text_of(answer, path)
    walk.expect(len(set(hidden.values())) <= 1, role, "POST", address.route, "foreign and missing differ")


def token_for(account: Account, scopes: frozenset[str], **ended: datetime) -> str:
    """A token written straight into the table: also one that the product would not make. ended: expired, revoked."""
    clear = PREFIX + public_token()
    ApiToken.objects.create(
        account=account,
        name="matrix",
        digest=token_digest(clear),
        scopes=sorted(scopes),
        created_at=clock.now() - timedelta(minutes=1),
        **ended,
    )
    return clear


def test_a_token_opens_what_its_scope_says_and_no_more(house: House) -> None:
    """Each operation with a token of its account's every right but the ones it asks for."""
    walk = Walk()
    lead = house.people["service_lead"].account
    by_need: dict[frozenset[str], str] = {}
    found = [(a, method) for a in addresses() if a.door == "api" for method in a.rights if method != "*"]
    for address, method in found:
        needs = address.rights[method]
        if needs == ANYBODY:
            continue
        if needs not in by_need:
            by_need[needs] = token_for(lead, every_right() - needs)
        answer = send(by_need[needs], method, address.filled(house.values(address.route, "own")))
        walk.expect(answer.status_code == 403, method, address.route, answer.status_code)
    walk.report(addresses=len(found), roles=1)


@pytest.mark.either
def test_the_api_opens_for_whom_it_declares_and_for_nobody_else(house: House) -> None:
    walk = Walk()
    found = [(a, method) for a in addresses() if a.door == "api" for method in a.rights if method != "*"]
    before = Entry.objects.count()
    for role, member in house.people.items():
        token = token_for(member.account, every_right())
        for address, method in found:
            call(walk, token, house, role, address, method)
    lead = house.people["service_lead"].account
    past = clock.now() - timedelta(seconds=1)
    refused = {
        "": 401,
        PREFIX + "x" * 40: 401,
        token_for(house.inactive, every_right()): 401,
        token_for(lead, every_right(), expires_at=past): 401,
        token_for(lead, every_right(), revoked_at=past): 401,
        token_for(lead, frozenset()): 403,
    }
    for token, status in refused.items():
        for address, method in found:
            if address.rights[method] != ANYBODY:
                answer = send(token, method, address.filled(house.values(address.route, "own")))
                walk.expect(
                    answer.status_code == status, token[:5], method, address.route, answer.status_code
                )
    assert Entry.objects.count() == before, "something was journalled"
    walk.report(addresses=len(found), roles=len(ROLES) + len(refused))


def call(walk: Walk, token: str, house: House, role: str, address: Address, method: str) -> None:
    """One operation by one role; writes are sent empty, so that nothing is ever done."""
    declared = address.rights[method]
    hidden: dict[str, str] = {}
    if "hooks/app" in address.route:  # no token opens what asks for a signature
        answer = send(token, method, address.filled(house.values(address.route, "own")))
        walk.expect(answer.status_code == 401, role, method, address.route, answer.status_code)
        return
    for which in OBJECTS if address.arguments else ("own",):
        if opens(role, declared) and method != "GET" and sees(role, which, address):
            continue
        path = address.filled(house.values(address.route, which))
        answer = send(token, method, path)
        if not opens(role, declared):
            walk.expect(answer.status_code == 403, role, method, path, answer.status_code, "expected 403")
        elif address.route.startswith(SIGNED):
            walk.expect(answer.status_code == 401, role, method, path, answer.status_code, "expected 401")
        elif sees(role, which, address) or not address.arguments:
            walk.expect(answer.status_code in (200, 404, 422, 503), role, method, path, answer.status_code)
        elif "orders/" not in address.route or method == "GET":
            walk.expect(answer.status_code in (404, 422), role, method, which, path, answer.status_code)
            hidden[which] = text_of(answer, path)
    walk.expect(len(set(hidden.values())) <= 1, role, method, address.route, "foreign and missing differ")


def send(token: str, method: str, path: str) -> Any:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    client = Client(HTTP_HOST="localhost", raise_request_exception=False)
    body = b"" if method == "GET" else b"{}"
    return client.generic(method, path, body, content_type="application/json", headers=headers)


def test_the_walk_would_notice() -> None:
    """The matrix itself is tried: a role with no right at all, held against the declarations."""
    declared = {right for address in addresses() for rights in address.rights.values() for right in rights}
    assert declared - ANYBODY - ANYBODY_LOGGED_IN
    assert not opens("administrator", frozenset({"cases.close"}))
    assert opens("service_lead", frozenset({"cases.close"}))
    assert HOME == "technology"
