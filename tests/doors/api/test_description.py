"""The description (OpenAPI 3.1) is true: whatever is sent, the answer is one it names, and never an accident."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
import schemathesis
from django.conf import settings as django_settings
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from tests.cast import communicated, done, proposed, started, triaged
from tests.doors.api.client import token_of

from goodword.doors.api.operations import OPERATIONS
from goodword.doors.api.urls import api as described
from goodword.wsgi import application

TRUE = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
EXAMPLES = {"quick": 6, "slow": 60, "full": 300}
"""Requests per operation, by `--size`."""


@pytest.mark.either
def test_every_operation_is_described_with_its_right_and_its_faults(client, db):
    schema = client.get("/api/v1/openapi.json").json()
    assert schema["openapi"].startswith("3.1")
    seen = set()
    for path, methods in schema["paths"].items():
        assert path.startswith("/api/v1/")
        for method, operation in methods.items():
            seen.add(operation["operationId"])
            declared = OPERATIONS[operation["operationId"]]
            assert operation["x-right"] == list(declared.rights)
            assert {"401", "403", "404", "422", "429"} <= operation["responses"].keys()
            for status, response in operation["responses"].items():
                media = "application/problem+json" if int(status) >= 400 else None
                assert media is None or list(response["content"]) == [media]
            if method != "get":
                assert "409" in operation["responses"]
                assert "Idempotency-Key" in {p["name"] for p in operation["parameters"]}
    assert seen == set(OPERATIONS)


def test_nothing_of_a_page_is_loaded_from_elsewhere(client, db):
    assert described.docs_url is None
    assert client.get("/api/v1/docs").status_code == 404


@pytest.fixture(autouse=True)
def _connection_stays_open() -> Iterator[None]:
    """As Django's own test client does it: the end of a request does not end the test's transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def filled(cast, monkeypatch, tmp_path):
    """Cases in many states, so that requests meet something; their numbers."""
    monkeypatch.setattr(django_settings, "MEDIA_ROOT", tmp_path)
    return [make(cast).number for make in (triaged, started, proposed, communicated, done)]


@pytest.mark.either
@pytest.mark.django_db
def test_whatever_is_sent_the_answer_is_one_the_description_names(cast, filled, request):
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    headers = {"Authorization": f"Bearer {token_of(cast.lead.account)}"}
    statuses: Counter[int] = Counter()
    examples = EXAMPLES[request.config.getoption("--size")]
    for result in schema.get_all_operations():
        _try_out(result.ok(), headers, filled, statuses, examples=examples)
    assert statuses.keys() >= {200, 201, 404, 409, 422}, statuses
    assert statuses.keys() <= {200, 201, 400, 401, 404, 409, 413, 422}, statuses


def _try_out(operation, headers, numbers, statuses, *, examples):
    """Requests as described and requests that are not; a case's key is a real one three times of four."""
    modes = (GenerationMode.POSITIVE, GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
    cases = st.one_of(*(operation.as_strategy(generation_mode=mode) for mode in modes))

    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=cases, place=st.integers(0, len(numbers) * 4 // 3))
    def send(case, place):
        cache.clear()
        if "key" in (case.path_parameters or {}) and place < len(numbers):
            case.path_parameters["key"] = str(numbers[place])
        response = case.call_and_validate(headers=headers, checks=TRUE)
        statuses[response.status_code] += 1

    send()


@pytest.mark.django_db
def test_no_operation_but_health_answers_without_a_token(filled):
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    open_to_all = []
    for result in schema.get_all_operations():
        operation = result.ok()
        path = operation.full_path.replace("{key}", str(filled[0]))
        filled_in = path.replace("{number}", "1").replace("{", "").replace("}", "")
        response = Client().generic(
            operation.method.upper(), filled_in, b"{}", content_type="application/json"
        )
        if response.status_code != 401:
            open_to_all.append(operation.definition.raw["operationId"])
    assert set(open_to_all) <= {"get_health"}
