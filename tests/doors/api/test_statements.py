"""How many statements an act costs: what is added to the hot path is seen here."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

pytestmark = pytest.mark.django_db
INTAKE = 20
"""The token and its grants; the key claimed and settled; the stamps of policy and calendar once; was it
received before; the number; case, round, message, words, handler, entry, what to look for its like by;
head; obligations and state; newest; the answer."""
TRIAGE = 50


@pytest.fixture
def statements(api: Any) -> Any:
    """statements(path, body): what a call that is warm costs, without the marks of transactions."""
    client, keys = api("lead"), itertools.count()

    def counted(path: str, body: dict[str, Any]) -> tuple[int, Any]:
        with CaptureQueriesContext(connection) as caught:
            status, answer = client.post(path, body, key=f"key-{next(keys)}")
        assert status in {200, 201}, answer
        marks = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")
        return len([q for q in caught if not q["sql"].startswith(marks)]), answer

    return counted


def a_word(number: int) -> dict[str, Any]:
    return {"text": "请问下周还有三台摄像机吗", "channel": "api", "outside_id": f"o{number}"}


def test_what_an_intake_costs(statements: Any) -> None:
    statements("cases", a_word(1))
    assert statements("cases", a_word(2))[0] == INTAKE


def test_what_a_triage_costs(statements: Any) -> None:
    decided = {
        "kind": "consultation",
        "content": "service",
        "severity": "general",
        "department": "technology",
    }
    costs = []
    for number in range(2):
        case = statements("cases", a_word(number))[1]["number"]
        costs.append(statements(f"cases/{case}/triage", decided)[0])
    assert costs[1] == TRIAGE
