"""Lists: pages that stay put, filters, who sees what, and how many queries they cost."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import a_case, started, triaged

pytestmark = pytest.mark.django_db


def pages(client, path, **query):
    """Every page of a list, as lists of items."""
    cursor, found = "", []
    while cursor is not None:
        _, answer = client.get(path, cursor=cursor, **query)
        found.append(answer["items"])
        cursor = answer["next"]
    return found


def test_pages_are_whole_and_in_order(api, cast):
    for _ in range(7):  # all at one moment: the key decides
        a_case(cast)
    found = pages(api("lead"), "cases", limit=3)
    assert [len(page) for page in found] == [3, 3, 1]
    numbers = [row["number"] for page in found for row in page]
    assert numbers == sorted(numbers, reverse=True)
    assert len(set(numbers)) == 7


def test_new_rows_between_two_pages_shift_nothing(api, cast):
    lead = api("lead")
    old = [a_case(cast).number for _ in range(4)]
    _, first = lead.get("cases", limit=2)
    a_case(cast)
    a_case(cast)
    _, second = lead.get("cases", limit=2, cursor=first["next"])
    assert [row["number"] for row in first["items"] + second["items"]] == sorted(old, reverse=True)


@pytest.mark.parametrize("cursor", ["x", "eyJ", "a:b:c", "é" * 40])
def test_a_cursor_never_given_is_refused(api, cursor):
    status, problem = api("lead").get("cases", cursor=cursor)
    assert (status, list(problem["fields"])) == (422, ["cursor"])


def test_a_cursor_of_another_list_is_refused(api, cast):
    for _ in range(2):
        triaged(cast)
    _, answer = api("lead").get("obligations", limit=1)
    assert answer["next"]
    assert api("lead").get("cases", cursor=answer["next"])[0] == 422


@pytest.mark.parametrize("path", ["cases", "obligations", "notices", "customers"])
def test_a_list_costs_the_same_for_one_row_and_for_three(api, cast, path):
    lead = api("lead")
    more = {"text": "1234"} if path == "customers" else {}
    costs = []
    for rows in (1, 2):
        for _ in range(rows):
            started(cast, severity="urgent")
        lead.get(path, **more)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            _, answer = lead.get(path, **more)
        costs.append(len(queries))
    assert answer["items"] or path == "notices"
    assert costs[0] == costs[1]
    assert costs[0] <= 8


def test_filters(api, cast):
    lead = api("lead")
    one = triaged(cast, severity="urgent")
    two = a_case(cast, kind="praise", text="夜里两点还上门,谢谢!", channel="wechat")

    def numbers(**query):
        return {row["number"] for row in lead.get("cases", **query)[1]["items"]}

    assert numbers(severity="urgent") == {one.number}
    assert numbers(state="received") == {two.number}
    assert numbers(department="technology") == {one.number}
    assert numbers(channel="wechat") == {two.number}
    assert numbers(assignee=cast.engineer.pk) == {one.number}
    assert numbers(text="两点") == {two.number}
    assert numbers(customer=str(cast.customer.pk), order=cast.order.number) == {one.number, two.number}
    assert numbers(received_to="2026-01-01T00:00:00+08:00") == set()
    assert numbers(state="open") == {one.number, two.number}


def test_foreign_and_missing_answer_alike(api, cast):
    foreign = triaged(cast, content="service", department="service")
    warehouse = api("warehouse_head")
    seen = warehouse.send("GET", f"cases/{foreign.number}")
    missing = warehouse.send("GET", "cases/999999")
    assert (seen.status_code, seen.content) == (missing.status_code, missing.content)
    assert seen.status_code == 404
    for key in (foreign.pk, "0198c7d2-0000-7000-8000-000000000000", "nonsense", "-1", "9" * 40):
        assert warehouse.send("GET", f"cases/{key}").content == missing.content
    status, _ = warehouse.post(f"cases/{foreign.number}/notes", {"text": "看看"})
    assert status == 404


def test_everybody_sees_his_own_duties_and_only_the_lead_sees_all(api, cast):
    case = triaged(cast)
    mine = api("engineer").get("obligations", mine="true")[1]["items"]
    assert {row["case"] for row in mine} == {case.number}
    assert all(row["bearer"] is None or row["bearer"]["id"] == cast.engineer.pk for row in mine)
    assert api("warehouse_head").get("obligations")[1]["items"] == []
    everything = api("lead").get("obligations", state="")[1]["items"]
    assert {row["clause"] for row in everything} >= {"FB-3.2a"}


def test_a_supervisor_waives_a_duty_with_a_reason(api, cast):
    triaged(cast)
    duty = api("technology_head").get("obligations", department="technology")[1]["items"][0]
    where = f"obligations/{duty['id']}/waiver"
    assert api("engineer").post(where, {"reason": "不想做"})[0] == 403
    assert api("warehouse_head").post(where, {"reason": "不是我的"})[0] == 404
    waived = api("technology_head").ok(where, {"reason": "客户要求改期"})
    assert waived["state"] == "waived"
    assert api("technology_head").post(where, {"reason": "再来"})[0] == 409


def test_a_clause_shows_its_figures_editions_and_counts(api, cast):
    triaged(cast)
    status, clause = api("lead").get("clauses/FB-3.2a")
    assert status == 200
    assert clause["tally"]["started"] == 1
    assert clause["editions"][0]["number"] == 1
    assert clause["values"]
    assert api("lead").get("clauses/FB-9.9z")[0] == 404
    assert len(api("lead").get("clauses")[1]["items"]) == 149
    _, compliance = api("lead").get("compliance", **{"from": "2026-01-01T00:00:00+08:00"})
    assert "FB-3.2a" in {row["clause"] for row in compliance["items"]}


def test_notices_are_ones_own_and_are_seen(api, cast):
    from goodword.base.core import clock
    from goodword.company.channels.actions.delivering import deliver

    triaged(cast)
    deliver(now=clock.now(), worker="test")
    engineer = api("engineer")
    _, inbox = engineer.get("notices")
    assert inbox["unread"] == len(inbox["items"]) >= 1
    assert engineer.ok("notices/seen", {"notices": None})["seen"] == inbox["unread"]
    assert engineer.get("notices", unseen="true")[1] == {"items": [], "next": None, "unread": 0}
