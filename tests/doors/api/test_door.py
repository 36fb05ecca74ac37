"""The API's door: tokens, rights, errors, limits, addresses."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import OperationalError
from django.urls import get_resolver
from tests.doors.api.client import Api, token_of

from goodword.base.core import clock
from goodword.base.core.errors import Forbidden, Invalid
from goodword.base.people.actors import SYSTEM
from goodword.doors.api import throttle
from goodword.doors.api.models import ApiToken
from goodword.doors.api.operations import ANYBODY, OPERATIONS
from goodword.doors.api.tokens import create_token, every_right, recognised, revoke

pytestmark = pytest.mark.django_db


def test_a_token_is_kept_as_a_digest_only(cast):
    issued = create_token(
        cast.intake.account, name="CRM", scopes=frozenset({"cases.see"}), by=SYSTEM, at=clock.now()
    )
    assert issued.clear.startswith("gw_")
    assert issued.clear not in str(ApiToken.objects.values().get(pk=issued.token.pk))
    assert recognised(issued.clear, at=clock.now()) == issued.token


def test_only_who_manages_tokens_makes_or_revokes_them(cast):
    made = {"name": "x", "scopes": frozenset({"cases.see"}), "at": clock.now()}
    with pytest.raises(Forbidden):
        create_token(cast.intake.account, by=cast.intake.by, **made)
    issued = create_token(cast.intake.account, by=cast.administrator.by, **made)
    with pytest.raises(Forbidden):
        revoke(issued.token, by=cast.intake.by, at=clock.now())


def test_a_scope_nobody_knows_is_refused(cast):
    with pytest.raises(Invalid) as refused:
        create_token(cast.intake.account, name="x", scopes=frozenset({"all"}), by=SYSTEM, at=clock.now())
    assert "all" in refused.value.fields["scopes"]


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer gw_nonsense", "Basic Z3c6Z3c="])
def test_without_a_good_token_the_answer_is_401(client, cast, header):
    response = client.get("/api/v1/clauses", headers={"Authorization": header} if header else {})
    assert response.status_code == 401
    assert response["Content-Type"] == "application/problem+json"
    assert response["WWW-Authenticate"] == "Bearer"


def test_an_ended_token_and_a_stopped_account_open_nothing(cast):
    now = clock.now()
    ends = create_token(
        cast.intake.account,
        name="x",
        scopes=every_right(),
        by=SYSTEM,
        at=now,
        expires_at=now + timedelta(hours=1),
    )
    assert recognised(ends.clear, at=now + timedelta(minutes=59)) is not None
    assert recognised(ends.clear, at=now + timedelta(hours=1)) is None
    revoked = create_token(cast.intake.account, name="x", scopes=every_right(), by=SYSTEM, at=now)
    revoke(revoked.token, by=cast.administrator.by, at=now)
    assert recognised(revoked.clear, at=now) is None
    stays = create_token(cast.lead.account, name="x", scopes=every_right(), by=SYSTEM, at=now)
    cast.lead.account.is_active = False
    cast.lead.account.save()
    assert recognised(stays.clear, at=now) is None


def test_the_use_of_a_token_is_noted_once_a_minute(cast):
    now = clock.now()
    issued = create_token(cast.intake.account, name="x", scopes=every_right(), by=SYSTEM, at=now)
    seen = []
    for seconds in (0, 30, 59, 61):
        recognised(issued.clear, at=now + timedelta(seconds=seconds))
        issued.token.refresh_from_db()
        seen.append((issued.token.last_used_at - now).total_seconds())
    assert seen == [0, 0, 0, 61]


def test_a_token_gives_no_more_than_its_scopes_and_no_more_than_the_account(api):
    assert api("lead").get("compliance")[0] == 200
    assert api("lead", "cases.see").get("compliance")[0] == 403
    status, problem = api("intake", "compliance.see").get("compliance")
    assert (status, problem["type"]) == (403, "urn:goodword:problem:forbidden")
    assert "compliance.see" in problem["detail"]


def test_the_problem_speaks_the_language_asked_for(api):
    assert "没有" in api("intake", language="zh").get("compliance")[1]["detail"]
    assert "right" in api("intake", language="en").get("compliance")[1]["detail"]


@pytest.mark.parametrize("raw", [b"{", b"\xff\xfe", b"[" * 100_000, b'{"text": "\\ud800"}'])
def test_a_body_that_is_no_json_is_a_problem_not_an_accident(api, raw):
    response = api("intake").send("POST", "customers", raw=raw)
    assert response.status_code in {400, 422}
    assert response["Content-Type"] == "application/problem+json"


def test_wrong_values_are_named_and_not_repeated(api):
    status, problem = api("intake").post("customers", {"kind": "夜市", "name": "张测试", "colour": 1})
    assert status == 422
    assert set(problem["fields"]) == {"body.kind", "body.colour"}
    assert "夜市" not in json.dumps(problem, ensure_ascii=False)


def test_a_body_past_the_limit_is_refused_before_it_is_read(api):
    response = api("intake").send("POST", "customers", raw=b" " * (2**20 + 1))
    assert response.status_code == 413


def test_too_many_requests_are_told_when_to_come_again(api, cast):
    token = token_of(cast.intake.account)
    key, now = str(ApiToken.objects.latest("created_at").pk), clock.now()
    for minute in (now, now + timedelta(minutes=1)):  # the minute may turn before the request is made
        for _ in range(settings.GOODWORD_API_PER_MINUTE):
            throttle.count(key, at=minute)
    response = Api(token).send("GET", "clauses")
    assert response.status_code == 429
    assert 1 <= int(response["Retry-After"]) <= 60
    assert api("intake").get("clauses")[0] == 200, "another token goes on"


def test_an_unknown_address_and_a_wrong_method_are_problems(api):
    response = api("intake").send("GET", "nothing/here")
    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")
    response = api("intake").send("DELETE", "clauses")
    assert (response.status_code, response["Content-Type"]) == (405, "application/problem+json")
    assert response["Allow"] == "GET"


def test_what_nobody_foresaw_tells_nothing_of_the_inside(api, monkeypatch):
    monkeypatch.setattr("goodword.doors.api.routes.clauses.all_clauses", lambda: 1 / 0)
    status, problem = api("intake").get("clauses")
    assert (status, problem["type"]) == (500, "urn:goodword:problem:accident")
    assert "Zero" not in json.dumps(problem)


def test_a_database_that_fails_is_an_outage_to_come_back_from(api, monkeypatch):
    def fail(_: str) -> None:
        raise OperationalError("database or disk is full: /srv/secret.sqlite3")

    intake = api("intake")
    monkeypatch.setattr("goodword.doors.api.routes.customers.found.customer", fail)
    response = intake.send("GET", "customers/1")
    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert b"secret" not in response.content


def test_every_address_declares_who_may(cast):
    known = every_right() | {ANYBODY}
    patterns = get_resolver("goodword.doors.api.urls").url_patterns
    assert len(patterns) > 10
    for pattern in patterns:
        assert pattern.callback.login_required is False
        for rights in pattern.callback.required_rights.values():
            assert rights
            assert set(rights) <= known, pattern
    assert {name for name, operation in OPERATIONS.items() if operation.rights == (ANYBODY,)} == {
        "get_health"
    }


def test_health_needs_no_token(client, db):
    response = client.get("/api/v1/health")
    assert response.status_code == 200
    assert response.json()["database"] is True


def test_no_answer_is_kept_on_the_way(api):
    assert api("intake").send("GET", "clauses")["Cache-Control"] == "no-store"
