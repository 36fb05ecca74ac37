"""Counts beside lists: exact as far as they look, at least so many beyond, and read from indexes alone."""

from __future__ import annotations

from datetime import timedelta
from itertools import combinations
from uuid import UUID

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext
from tests.cast import Cast, a_case, triaged
from tests.voice.cases.test_leafing import plan_of, whole_table

from goodword.base.people.actors import CUSTOMER, Actor
from goodword.engine.obligations.models import Obligation
from goodword.voice.cases.lists import counting
from goodword.voice.cases.models import Case, Watcher
from goodword.voice.cases.queries import listing

pytestmark = pytest.mark.django_db


@pytest.fixture
def cases(cast: Cast) -> list[Case]:
    """Twelve cases; every third one the engineers', every fourth of them all late twice over."""
    found = []
    for n in range(12):
        at = cast.at + timedelta(minutes=n)
        found.append(triaged(cast, at=at) if n % 3 == 0 else a_case(cast, at=at))
    Watcher.objects.create(case=found[1], account=cast.engineer.account)
    late = Obligation.objects.filter(subject_id__in=[str(case.pk) for case in found[::4]], state="open")
    late.update(breached_at=cast.at)
    return found


def lists(cast: Cast) -> list[dict[str, Q]]:
    """Every single thing a list asks, every two of them, and nothing at all."""
    single: list[dict[str, object]] = [
        {"state": "open"}, {"state": "received"}, {"state": ["received", "triaged"]}, {"state": "ended"},
        {"assignee": cast.engineer.pk}, {"customer": cast.customer.pk}, {"unassigned": True}, {"waiting": True},
        {"department": "technology"}, {"overdue": True}, {"text": "黑屏"}, {"kind": ["complaint", "praise"]},
        {"received_from": cast.at + timedelta(minutes=3)}, {"received_to": cast.at + timedelta(minutes=9)},
    ]  # fmt: skip
    asked = [{}, *single, *(one | other for one, other in combinations(single, 2))]
    found = [listing.conditions(**one) for one in asked]
    return [one | {"overdue": counting.late_looked_at()} if "overdue" in one else one for one in found]


def held(actor: Actor, asked: dict[str, Q]) -> int:
    """How many there are, counted to the end."""
    return listing.visible_to(actor).filter(*asked.values()).distinct().count()


def test_counts_are_those_of_the_lists(cast: Cast, cases: list[Case]):
    for actor in (cast.lead.by, cast.engineer.by):
        wanted = lists(cast)
        found = counting.counts(actor, wanted)
        assert [one.cases for one in found] == [held(actor, one) for one in wanted]
        assert not any(one.is_more for one in found)
    assert set(counting.counts(CUSTOMER, lists(cast))) == {counting.NONE}


def test_what_looks_no_further_says_at_least_so_many(
    cast: Cast, cases: list[Case], monkeypatch: pytest.MonkeyPatch
):
    for looked in (1, 3, 5):
        monkeypatch.setattr(counting, "LOOKED", looked)
        monkeypatch.setattr(listing, "FEW", looked)
        cut = 0
        for actor in (cast.lead.by, cast.engineer.by):
            wanted = lists(cast)
            whole = [listing.conditions(overdue=True)["overdue"] for _ in wanted]
            there = [
                held(actor, one | ({"overdue": late} if "overdue" in one else {}))
                for one, late in zip(wanted, whole, strict=True)
            ]
            for one, count, all_of_it in zip(wanted, counting.counts(actor, wanted), there, strict=True):
                assert count.cases <= min(all_of_it, looked) if count.is_more else count.cases == all_of_it, (
                    one
                )
                cut += count.is_more
        assert cut


def test_the_first_of_each_are_among_those_it_holds(cast: Cast, cases: list[Case]):
    wanted = lists(cast)
    counts, firsts = counting.counts_and_firsts(cast.engineer.by, wanted, each=2)
    for one, count, first in zip(wanted, counts, firsts, strict=True):
        there: set[UUID] = set(
            listing.visible_to(cast.engineer.by).filter(*one.values()).values_list("pk", flat=True)
        )
        assert len(first) == min(count.cases, 2)
        assert set(first) <= there


def test_no_count_reads_the_whole_table(cast: Cast, cases: list[Case]):
    for actor in (cast.lead.by, cast.engineer.by):
        for one in lists(cast):
            if not one.keys() - {"unassigned", "kind"}:
                continue  # nothing an index begins with: the newest are looked at
            with CaptureQueriesContext(connection) as queries:
                counting.counts(actor, [one])
            for query in queries:
                plan = plan_of(query["sql"])
                assert not whole_table(plan), (one, plan)
