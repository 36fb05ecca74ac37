"""A write that is sent twice is done once."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from tests.doors.api.client import Api, token_of

from goodword.base.core.models import IdempotencyRecord
from goodword.engine.journal.models import Entry
from goodword.voice.cases.models import Case

WORD = {"text": "摄像机黑屏,请尽快处理。", "channel": "hotline"}


@pytest.mark.django_db
def test_the_same_key_gets_the_first_answer_again(api):
    intake = api("intake")
    first = intake.send("POST", "cases", WORD, key="a-1")
    again = intake.send("POST", "cases", WORD, key="a-1")
    assert (again.status_code, again.content) == (201, first.content), "the tracking code included"
    assert Case.objects.count() == 1


@pytest.mark.django_db
def test_the_same_key_with_another_body_is_refused(api):
    intake = api("intake")
    intake.ok("cases", WORD, key="a-1")
    status, problem = intake.post("cases", {**WORD, "text": "另一件事"}, key="a-1")
    assert (status, problem["type"]) == (422, "urn:goodword:problem:key_reused")
    assert intake.post("customers", WORD, key="a-1")[0] == 422, "nor at another address"
    assert Case.objects.count() == 1


@pytest.mark.django_db
def test_a_key_belongs_to_its_token(api):
    api("intake").ok("cases", WORD, key="a-1")
    api("lead").ok("cases", WORD, key="a-1")
    assert Case.objects.count() == 2


@pytest.mark.django_db
def test_what_is_refused_keeps_no_key_and_leaves_nothing(api):
    intake = api("intake")
    before = Entry.objects.count()
    assert intake.post("cases", {**WORD, "order_number": "ZL-none"}, key="a-1")[0] == 422
    assert not IdempotencyRecord.objects.filter(key="a-1").exists()
    assert Entry.objects.count() == before
    intake.ok("cases", WORD, key="a-1")


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["x" * 201, "空格"])
def test_a_key_that_cannot_be_one_is_refused(api, key):
    headers = {"Idempotency-Key": key.encode().decode("latin-1")}
    from django.test import Client

    response = Client().post(
        "/api/v1/cases",
        WORD,
        content_type="application/json",
        headers={"Authorization": f"Bearer {api('intake').token}", **headers},
    )
    assert response.status_code == 422


@pytest.mark.django_db
def test_the_kept_answer_tells_nobody_the_tracking_code(api):
    code = api("intake").ok("cases", WORD, key="a-1")["code"]
    kept = IdempotencyRecord.objects.get(key="a-1")
    assert code not in json.dumps(kept.answer)
    assert code not in str(list(Case.objects.values()))


@pytest.mark.django_db(transaction=True)
def test_eight_at_once_with_one_key_make_one_case(cast):
    client = Api(token_of(cast.intake.account))

    def send(_: int) -> tuple[int, bytes]:
        try:
            response = client.send("POST", "cases", WORD, key="race")
            return response.status_code, response.content
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(send, range(8)))
    assert Case.objects.count() == 1
    assert {status for status, _ in answers} <= {201, 409}
    assert len({content for status, content in answers if status == 201}) == 1


@pytest.mark.django_db(transaction=True)
def test_eight_different_actions_on_one_case_have_one_winner_each(cast):
    client = Api(token_of(cast.lead.account))
    number = client.ok("cases", WORD)["number"]

    def wait(_: int) -> int:
        try:
            return client.post(f"cases/{number}/waiting", {"what": "照片"})[0]
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(wait, range(8)))
    assert sorted(statuses) == [200] + [409] * 7
