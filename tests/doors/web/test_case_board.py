"""The board: states as columns, the least time left on top."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import cast as people
from tests.cast import Cast

from goodword.base.core import clock
from goodword.doors.web.cases.pages import board as page_of_board


def stacks(page: str) -> dict[str, tuple[str | None, list[int]]]:
    """{state: (count, the numbers of its cards)}."""
    found = {}
    for part in page.split('<section class="stack"')[1:]:
        head = re.search(r'<h2[^>]*><a href="[^"]*">([^<]+)</a>(?:<span class="count">([^<]+)</span>)?', part)
        cards = [int(n) for n in re.findall(r'stack__line"><a href="/cases/(\d+)/"', part)]
        found[head[1]] = (head[2], cards)
    return found


def test_cases_stand_in_their_state_by_time_left(cast: Cast, browse):
    now = clock.now()
    later = people.a_case(cast, at=now)
    late = people.a_case(cast, at=now - timedelta(minutes=40))
    worked = people.investigated(cast, at=now - timedelta(hours=2))
    done = people.done(cast, at=now - timedelta(hours=3))
    page = browse(cast.lead).get("/cases/board/").content.decode()
    found = stacks(page)
    assert next(iter(found)) == "已受理"
    assert list(found)[-1] == "已关闭"
    assert found["已受理"] == ("2", [late.number, later.number])
    assert found["调查中"] == ("1", [worked.number])
    assert found["已办结"] == ("1", [done.number])
    assert found["已关闭"] == ("0", [])
    assert f'href="/cases/{late.number}/?do=triage#deed"' in page
    assert f'href="/cases/{done.number}/?do=callback#deed"' in page
    assert f'href="/cases/{worked.number}/?do=cause#deed"' in page


def test_the_filter_of_the_list_holds_and_so_does_what_one_may_see(cast: Cast, browse):
    now = clock.now()
    ours = people.triaged(cast, at=now - timedelta(hours=1))
    theirs = people.triaged(cast, at=now - timedelta(hours=1), department="service", content="service")
    people.a_case(cast, at=now)
    lead, engineer = browse(cast.lead), browse(cast.engineer)
    assert stacks(engineer.get("/cases/board/").content.decode())["已分派"] == ("1", [ours.number])
    query = "?state=triaged&content=service"
    found = stacks(lead.get(f"/cases/board/{query}").content.decode())
    assert found["已分派"] == ("1", [theirs.number])
    assert found["已受理"] == ("0", [])
    assert (
        f'href="/cases/board/{query.replace("&", "&amp;")}"' in lead.get(f"/cases/{query}").content.decode()
    )
    assert "?do=investigation" in engineer.get("/cases/board/").content.decode()
    assert "?do=triage" not in engineer.get("/cases/board/").content.decode()


def test_a_column_shows_the_first_and_says_there_is_more(cast: Cast, browse, monkeypatch):
    monkeypatch.setattr(page_of_board, "CARDS", 2)
    at = clock.now() - timedelta(hours=1)
    made = [people.a_case(cast, at=at + timedelta(minutes=n)).number for n in range(4)]
    page = browse(cast.lead).get("/cases/board/").content.decode()
    assert stacks(page)["已受理"] == ("4", made[:2])
    assert "全部“已受理”" in page


@pytest.mark.parametrize("query", ["", "?overdue=1", "?q=%E9%BB%91%E5%B1%8F&state=open", "?customer=1001"])
def test_more_cases_take_no_more_queries(cast: Cast, browse, query: str):
    for member in (cast.lead, cast.engineer):
        client = browse(member)
        people.done(cast, at=clock.now() - timedelta(hours=4))
        people.triaged(cast, at=clock.now() - timedelta(hours=3))
        client.get(f"/cases/board/{query}")
        with CaptureQueriesContext(connection) as few:
            client.get(f"/cases/board/{query}")
        for build in (people.triaged, people.communicated, people.investigated, people.triaged):
            build(cast, at=clock.now() - timedelta(hours=3))
        with CaptureQueriesContext(connection) as many:
            assert client.get(f"/cases/board/{query}").status_code == 200
        assert len(many) == len(few)


@pytest.mark.parametrize("value", ["\x00", "9" * 19, "x" * 5_000, "٣", "2026-13-45"])
def test_nonsense_in_the_address_is_answered(cast: Cast, browse, value: str):
    people.triaged(cast, at=clock.now() - timedelta(hours=1))
    lead = browse(cast.lead)
    for path in ("/cases/board/", "/cases/export/"):
        for name in (
            "q",
            "state",
            "department",
            "device_type",
            "received",
            "from",
            "customer",
            "order",
            "columns",
            "view",
        ):
            assert lead.get(path, {name: value}).status_code == 200, (path, name)
