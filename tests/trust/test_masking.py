"""Canaries: a customer's personal values, planted wherever words can be written, are found nowhere they should not be."""

from __future__ import annotations

import io
import json
import logging
import zipfile
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from click.testing import CliRunner
from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils.module_loading import import_string
from tests.trust.kit.addresses import addresses, pages
from tests.trust.kit.house import CANARIES, MAIL, NAME, PHONE, WECHAT, House, build
from tests.trust.test_matrix import browser, opens, send, token_for

from goodword.base.core import clock
from goodword.base.core.idempotency import IdempotencyRecord
from goodword.company.channels.models import Notice, OutboxMessage
from goodword.doors.api.tokens import every_right
from goodword.doors.ops.worker import Worker
from goodword.engine.journal.models import Entry

pytestmark = pytest.mark.django_db
LOOKED_FOR = (
    "/cases/?text=0000",
    "/cases/?text=黑屏",
    "/customers/?text=0000",
    "/cases/new/customers/?text=0000",
)
LOOKS_FOR = ("service_lead", "department_head", "administrator")
"""Roles as which lists of the API are also looked through by text."""
SAID = {
    "check": "--json",
    "health": "--json",
    "clauses": "--json",
    "compliance": "--json",
    "journal_verify": "",
    "language_labels": "",
}
"""{command: its arguments}: what is read on terminals, in monitoring and in mail to whoever helps."""
SEALED_TABLES = ("customers_customer", "customers_contact")


@pytest.fixture
def house(db: None) -> House:
    cache.clear()
    return build()


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Everything the product logs from DEBUG up, as its own handler writes it."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.addFilter(import_string(settings.LOGGING["filters"]["masked"]["()"])())
    handler.setFormatter(import_string(settings.LOGGING["formatters"]["line"]["()"])())
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    # What Django's development server shows of queries is not written in an installation: DEBUG is off there.
    logging.getLogger("django.db.backends").setLevel(logging.INFO)
    yield written
    root.removeHandler(handler)
    root.setLevel(before)


def found_in(text: str) -> list[str]:
    return [canary for canary in CANARIES if canary in text]


def words_of(answer: Any) -> str:
    """An answer as text: its body, unpacked where it is a workbook, and its headers."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    said = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            body = b"\n".join(packed.read(name) for name in packed.namelist())
    return said + body.decode(errors="replace")


@pytest.mark.either
def test_no_page_of_any_role_shows_one(house: House) -> None:
    shown, looked = {}, 0
    for role, member in house.people.items():
        client = browser(member.account)
        for path in _paths(house, role):
            text = words_of(client.get(path))
            looked += 1
            if found := found_in(text):
                shown[role, path] = found
    print(f"{looked} pages looked through, {len(shown)} with a canary")
    assert shown == {}


def _paths(house: House, role: str = "service_lead") -> list[str]:
    """What a role may open, for own and foreign cases; and one page it may not."""
    found = [
        address.filled(house.values(address.route, which))
        for address in pages("GET")
        if opens(role, address.rights["GET"])
        for which in (("own", "foreign") if "cases/<" in address.route else ("own",))
    ]
    return [*found, *LOOKED_FOR, "/cases/99999999/"]


def test_no_answer_of_the_api_shows_one(house: House) -> None:
    shown, looked = {}, 0
    reading = [a for a in addresses() if a.door == "api" and "GET" in a.rights]
    for role, member in house.people.items():
        token = token_for(member.account, every_right())
        for address in (a for a in reading if opens(role, a.rights["GET"])):
            for query in ("", "?text=0000&limit=50") if role in LOOKS_FOR else ("",):
                path = address.filled(house.values(address.route, "own")) + query
                text = words_of(send(token, "GET", path))
                looked += 1
                if found := found_in(text):
                    shown[role, path] = found
    print(f"{looked} answers looked through, {len(shown)} with a canary")
    assert shown == {}


def test_no_entry_message_or_notice_holds_one(house: House) -> None:
    later = clock.now()
    Worker(name="w", now=lambda: later).one_pass()
    kept: dict[str, Any] = {
        "journal": [(e.subject_id, e.facts) for e in Entry.objects.all()],
        "outbox": [(m.payload, m.last_error, m.dedupe_key) for m in OutboxMessage.objects.all()],
        "notices": [(n.title_zh, n.title_en, n.path) for n in Notice.objects.all()],
        "idempotency": [(r.key, r.answer) for r in IdempotencyRecord.objects.all()],
    }
    assert kept["journal"]
    assert kept["notices"]
    assert {name: found for name, rows in kept.items() if (found := found_in(json.dumps(rows, ensure_ascii=False, default=str)))} == {}  # fmt: skip


def test_names_and_addresses_lie_sealed_in_the_database(house: House) -> None:
    tables = {model._meta.db_table for model in apps.get_models()}
    assert set(SEALED_TABLES) <= tables
    for table in SEALED_TABLES:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {table}")
            rows = str(cursor.fetchall())
        assert rows.count("k1:") >= 1, f"{table} holds sealed values"
        assert found_in(rows) == []


def test_no_log_line_holds_one(house: House, log: io.StringIO) -> None:
    client = browser(house.people["service_lead"].account)
    for path in _paths(house):
        client.get(path)
    client.post(f"/cases/{house.own['number']}/notes/", {"text": f"{PHONE} {MAIL}"})
    Client(HTTP_HOST="localhost").post("/login/", {"username": PHONE, "password": MAIL})
    Client(HTTP_HOST="localhost").post("/p/track/", {"number": PHONE, "code": MAIL})
    Worker(name="w").one_pass()
    for channel in ("goodword.test", "django.request", "root"):
        logger = logging.getLogger(channel)
        logger.warning("%s wrote from %s", PHONE, MAIL)
        logger.warning("told", extra={"said": MAIL})
        try:
            raise ValueError(f"cannot read {PHONE} of {MAIL}")
        except ValueError:
            logger.exception("an accident")
    import structlog

    structlog.get_logger("goodword.test").warning("told", problem=f"{PHONE}", about=[f"{MAIL}"])
    text = log.getvalue()
    assert "an accident" in text
    assert found_in(text) == []


def test_no_command_says_one(house: House) -> None:
    for name, arguments in SAID.items():
        command = import_module(f"goodword.doors.ops.commands.{name}").command
        for given in {"", arguments}:
            said = CliRunner().invoke(command, given.split())
            assert said.exception is None or isinstance(said.exception, SystemExit), (name, said.exception)
            assert len(said.output) > 10, name
            assert found_in(said.output) == [], (name, given)
    assert (
        "黑屏"
        in CliRunner().invoke(import_module("goodword.doors.ops.commands.language_labels").command).output
    )


def test_no_answer_to_an_error_repeats_one(
    house: House, monkeypatch: pytest.MonkeyPatch, log: io.StringIO
) -> None:
    token = token_for(house.people["service_lead"].account, every_right())
    at = f"/api/v1/cases/{house.own['number']}"
    wrong = {"text": 7, "purpose": PHONE, "channel": [MAIL, WECHAT], "steps": [{"owner": NAME}]}
    for path in (f"{at}/replies", f"{at}/notes", f"{at}/carrying-out", "/api/v1/cases", "/api/v1/customers"):
        answer = _post(token, path, wrong)
        assert answer.status_code == 422, path
        assert found_in(words_of(answer)) == [], path
    answer = send(token, "GET", f"/api/v1/orders/{PHONE}")
    assert found_in(words_of(answer)) == []

    def fails(*_: Any, **__: Any) -> None:
        raise RuntimeError(f"{PHONE} {MAIL} in the middle of it")

    monkeypatch.setattr("goodword.voice.cases.queries.leafing.reach", fails)
    client = browser(house.people["service_lead"].account)
    for answer in (send(token, "GET", "/api/v1/cases"), client.get("/cases/")):
        assert answer.status_code == 500
        assert found_in(words_of(answer)) == []
    assert "in the middle of it" in log.getvalue(), "the log tells what happened"
    assert found_in(log.getvalue()) == []


def _post(token: str, path: str, body: dict[str, Any]) -> Any:
    return Client(HTTP_HOST="localhost", raise_request_exception=False).post(
        path, json.dumps(body), content_type="application/json", headers={"Authorization": f"Bearer {token}"}
    )
