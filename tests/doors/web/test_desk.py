"""My desk: what I owe by time left, and what waits for me."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import cast as people
from tests.cast import Cast

from goodword.base.core import clock
from goodword.base.people.models import Absence


def test_a_duty_stands_in_its_group_with_clause_and_case(cast: Cast, browse):
    case = people.a_case(cast, at=clock.now())
    late = people.a_case(cast, at=clock.now() - timedelta(minutes=30))
    page = browse(cast.intake).get("/").content.decode()
    overdue, hour = page.index("已逾期"), page.index("一小时内")
    assert overdue < page.index(f"/cases/{late.number}/") < hour < page.index(f"/cases/{case.number}/")
    assert "FB-3.2a" in page
    assert "10分钟内分派" in page


def test_one_sees_the_duties_of_whom_one_stands_in_for(cast: Cast, browse):
    case = people.triaged(cast, at=clock.now() - timedelta(minutes=20))
    head = browse(cast.technology_head)
    assert str(case.number) not in head.get("/?whose=standing").content.decode()
    now = clock.now()
    Absence.objects.create(
        account=cast.engineer.account,
        stand_in=cast.technology_head.account,
        starts_at=now - timedelta(hours=1),
        ends_at=now + timedelta(hours=1),
    )
    assert f"/cases/{case.number}/" in head.get("/?whose=standing").content.decode()
    assert f"/cases/{case.number}/" in head.get("/").content.decode()


def test_the_head_sees_the_departments_duties(cast: Cast, browse):
    case = people.triaged(cast, at=clock.now() - timedelta(minutes=20))
    assert f"/cases/{case.number}/" in browse(cast.technology_head).get("/?whose=team").content.decode()
    assert f"/cases/{case.number}/" not in browse(cast.warehouse_head).get("/?whose=team").content.decode()


def test_an_urgent_case_asks_for_a_call_and_the_button_records_it(cast: Cast, browse):
    case = people.triaged(cast, at=clock.now() - timedelta(minutes=6), severity="urgent")
    client = browse(cast.intake)
    assert "吴主任" in client.get("/").content.decode()
    task = case.phone_tasks.get()
    client.post(f"/cases/{case.number}/phone-calls/", {"task": task.pk, "reached": "no"})
    task.refresh_from_db()
    assert (task.state, task.target_id) == ("open", cast.lead.pk)
    client.post(f"/cases/{case.number}/phone-calls/", {"task": task.pk, "reached": "yes"})
    task.refresh_from_db()
    assert task.state == "reached"


def test_a_callback_waits_only_for_whom_did_not_handle_the_case(cast: Cast, browse):
    case = people.done(cast, at=clock.now() - timedelta(hours=3))
    assert f"/cases/{case.number}/?do=callback" in browse(cast.callback).get("/").content.decode()
    assert f"/cases/{case.number}/?do=callback" not in browse(cast.engineer).get("/").content.decode()


def test_a_solution_above_its_writers_limit_waits_for_whom_it_takes(cast: Cast, browse):
    case = people.investigated(cast, at=clock.now() - timedelta(hours=2))
    people.a_solution(
        cast, case, at=clock.now(), compensation_kind="代金券", compensation_amount=Decimal(3000)
    )
    assert "待我审批" in browse(cast.deputy).get("/").content.decode()
    assert "待我审批" not in browse(cast.technology_head).get("/").content.decode()


def test_the_poll_costs_nothing_while_nothing_happens(cast: Cast, browse):
    people.a_case(cast, at=clock.now())
    client = browse(cast.intake)
    first = client.get("/", headers={"HX-Request": "true"})
    assert "<html" not in first.content.decode()
    asked = {"HX-Request": "true", "If-None-Match": first["ETag"]}
    with CaptureQueriesContext(connection) as queries:
        again = client.get("/", headers=asked)
    if again.status_code == 200:  # the minute turned in between
        asked["If-None-Match"] = again["ETag"]
        with CaptureQueriesContext(connection) as queries:
            again = client.get("/", headers=asked)
    assert again.status_code == 304
    assert len(queries) <= 5
    people.a_case(cast, at=clock.now())
    assert client.get("/", headers=asked).status_code == 200


def test_a_desk_with_three_duties_takes_as_many_queries_as_with_one(cast: Cast, browse):
    client = browse(cast.intake)
    people.a_case(cast, at=clock.now())
    client.get("/")
    with CaptureQueriesContext(connection) as one:
        client.get("/")
    for _ in range(3):
        people.a_case(cast, at=clock.now())
    with CaptureQueriesContext(connection) as four:
        client.get("/")
    assert len(four) == len(one)


def test_an_empty_desk_says_so(cast: Cast, browse):
    assert "没有待办" in browse(cast.administrator).get("/").content.decode()
