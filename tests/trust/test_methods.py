"""Methods an address does not declare: refused at every one of them, and nothing is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from tests.trust.kit.addresses import Address, addresses
from tests.trust.kit.house import House, build
from tests.trust.test_headers import counted, newest
from tests.trust.test_matrix import browser, send, token_for, whole

from goodword.doors.api.tokens import every_right

pytestmark = pytest.mark.django_db
UNDECLARED = ("OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND")
REFUSED = (403, 404, 405)
LOOKED = (200, 304, 403, 404, 405, 503)
"""What HEAD may be answered with besides being led on: what GET would, without its body."""


@pytest.fixture
def house(db: None) -> House:
    cache.clear()
    return build()


@pytest.mark.either
def test_what_is_not_declared_is_refused_and_writes_nothing(house: House) -> None:
    before, said = counted(), newest()
    asked, wrong = Counter[str](), list[str]()
    for who, address, method, answer in _answers(house):
        asked[method] += 1
        if not _is_refused(answer, who, address, method):
            wrong.append(f"{who} {method} {address.route}: {answer.status_code}")
    print(f"{asked.total()} requests by {len(asked)} methods, {len(wrong)} not refused")
    assert asked["HEAD"] > 150
    assert asked["PATCH"] > 250
    assert wrong == []
    made = {table for table, number in counted().items() if number != before[table]}
    assert made == set()
    assert newest() == said


def _answers(house: House) -> Iterator[tuple[str, Address, str, Any]]:
    """Each address by each method it does not declare: the pages by nobody and a supervisor, the API by a token."""
    lead = house.people["service_lead"].account
    token = token_for(lead, every_right())
    clients = {"nobody": browser(None), "service_lead": browser(lead)}
    for address in addresses():
        path = address.filled(house.values(address.route, "own"))
        for method in {"HEAD", *UNDECLARED} - set(address.rights):
            if address.door == "api":
                yield "token", address, method, send(token, method, path)
                continue
            for who, client in clients.items():
                yield who, address, method, client.generic(method, path, b"{}" if method != "HEAD" else b"")


def _is_refused(answer: Any, who: str, address: Address, method: str) -> bool:
    led = answer.status_code == 302 and answer.headers["Location"].startswith("/")
    if method == "HEAD":
        return not whole(answer) and (led or answer.status_code in LOOKED)
    at_the_log_in = led and who == "nobody" and answer.headers["Location"].startswith("/login/")
    return at_the_log_in or answer.status_code in REFUSED
