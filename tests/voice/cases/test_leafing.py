"""Leafing through the list of cases: nothing twice, nothing left out, whatever one may see; and by indexes alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import Cast, a_case, triaged

from goodword.base.people.actors import CUSTOMER
from goodword.voice.cases.actions import coordinating
from goodword.voice.cases.models import Case, Watcher
from goodword.voice.cases.queries import listing
from goodword.voice.cases.queries.leafing import newest, place_of
from goodword.voice.cases.queries.searching import numbers_saying

pytestmark = pytest.mark.django_db


@pytest.fixture
def cases(cast: Cast) -> list[Case]:
    """Nine cases, three by three at one moment; every third one the engineers'."""
    found = []
    for n in range(9):
        at = cast.at + timedelta(minutes=n // 3)
        found.append(triaged(cast, at=at) if n % 3 == 0 else a_case(cast, at=at))
    return found


def numbers(leaf) -> list[int]:
    return [case.number for case in leaf.cases]


def whole_list(actor, *, limit: int, **asked) -> list[int]:
    """Every page to the end, forwards; and back again, which must give the same."""
    narrow, found, after = listing.asking(**asked), [], None
    while True:
        leaf = newest(actor, narrow, limit=limit, after=after)
        found += numbers(leaf)
        assert leaf.later == (after is not None)
        if not leaf.earlier:
            break
        after = place_of(found[-1])
    back, before = numbers(leaf), place_of(leaf.cases[0].number) if leaf.cases else None
    while before is not None:
        leaf = newest(actor, narrow, limit=limit, before=before)
        back = numbers(leaf) + back
        before = place_of(leaf.cases[0].number) if leaf.later else None
    assert back == found
    return found


@pytest.mark.parametrize("limit", [1, 2, 4, 20])
def test_all_pages_together_are_the_list(cast: Cast, cases: list[Case], limit: int):
    ordered = list(Case.objects.order_by("-received_at", "-number").values_list("number", flat=True))
    assert whole_list(cast.lead.by, limit=limit) == ordered
    theirs = [case.number for case in cases[::3]][::-1]
    assert whole_list(cast.engineer.by, limit=limit) == theirs
    assert whole_list(cast.lead.by, limit=limit, state="triaged") == theirs
    assert whole_list(CUSTOMER, limit=limit) == []


def test_a_case_seen_in_several_ways_is_listed_once(cast: Cast, cases: list[Case]):
    mine, watched = cases[0], cases[1]
    Case.objects.filter(pk=mine.pk).update(assignee=cast.engineer.account, owner=cast.engineer.account)
    for case in (mine, watched):
        Watcher.objects.create(case=case, account=cast.engineer.account)
    coordinating.ask_help(
        mine, by=cast.lead.by, at=mine.changed_at, department=cast.department("technology"), question="?"
    )
    expected = sorted({case.number for case in (*cases[::3], watched)}, reverse=True)
    assert sorted(whole_list(cast.engineer.by, limit=2), reverse=True) == expected
    assert set(whole_list(cast.engineer.by, limit=2)) == set(
        listing.visible_to(cast.engineer.by).values_list("number", flat=True)
    )


def test_a_page_costs_a_query_for_each_way_of_seeing_and_one_for_the_rows(cast: Cast, cases: list[Case]):
    def cost(actor, limit: int) -> int:
        with CaptureQueriesContext(connection) as queries:
            for case in newest(actor, listing.asking(state="open"), limit=limit).cases:
                assert all([str(case.customer), str(case.order), str(case.responsible), str(case.assignee)])
        return len(queries)

    assert cost(cast.lead.by, 1) == cost(cast.lead.by, 3) == 2
    assert cost(cast.engineer.by, 1) == cost(cast.engineer.by, 3) == 8


def test_no_page_of_the_list_reads_the_whole_table(cast: Cast, cases: list[Case]):
    """Shown by the database's own plan; small tables are read whole by PostgreSQL unless it is told not to."""
    place = place_of(cases[4].number)
    asked: list[dict[str, object]] = [
        {}, {"state": "open"}, {"state": "received"}, {"state": "closed", "kind": "complaint"}, {"text": "黑屏"},
        {"department": "technology"}, {"assignee": cast.engineer.pk}, {"customer": cast.customer.pk},
        {"severity": "urgent", "content": "device", "channel": "hotline"}, {"overdue": True},
    ]  # fmt: skip
    for actor in (cast.lead.by, cast.engineer.by):
        for one in asked:
            with CaptureQueriesContext(connection) as queries:
                newest(actor, listing.asking(**one), limit=50, after=place)
            for sql in [query["sql"] for query in queries if "cases_case" in query["sql"]]:
                plan = plan_of(sql)
                assert not whole_table(plan), (one, sql, plan)


def test_words_are_looked_up_in_their_index(cast: Cast, cases: list[Case]):
    with CaptureQueriesContext(connection) as queries:
        numbers_saying("黑屏")
    plan = plan_of(queries[0]["sql"])
    assert "VIRTUAL TABLE INDEX" in plan or "cases_words_words" in plan or "cases_words_pkey" in plan, plan


def plan_of(sql: str) -> str:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
            return "\n".join(row[3] for row in cursor.fetchall())
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off" if "cases_words" not in sql else "SELECT 1")
        cursor.execute(f"EXPLAIN {sql}")
        return "\n".join(row[0] for row in cursor.fetchall())


def whole_table(plan: str) -> bool:
    """Whether the table of cases is read from one end to the other, not by an index."""
    lines = [line.strip() for line in plan.splitlines()]
    return any(
        "Seq Scan on cases_case" in line or (line.startswith("SCAN cases_case") and "INDEX" not in line)
        for line in lines
    )
