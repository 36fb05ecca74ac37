"""Two cases side by side: what becomes of their duties either way, and what both pages say once they are one."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import cast as people
from tests.cast import Cast
from tests.doors.web.test_loop import act

from goodword.base.core import clock
from goodword.voice.cases.actions import merging, notes, replying
from goodword.voice.cases.models import Case


@pytest.fixture
def two(cast: Cast) -> tuple[Case, Case]:
    """An urgent case and a general one of the same customer."""
    at = clock.now() - timedelta(hours=1)
    return people.triaged(cast, at=at, severity="urgent"), people.triaged(cast, at=at)


def page(client, address: str) -> str:
    return client.get(address).content.decode()


def test_both_are_shown_with_what_becomes_of_their_duties_and_why_one_way_is_closed(cast: Cast, browse, two):
    urgent, general = two
    replying.reply(
        general, by=cast.engineer.by, at=clock.now(), text="已收到,正在查", purpose="first_response"
    )
    shown = page(browse(cast.intake), f"/cases/{general.number}/comparison/?other={urgent.number}")
    assert f"若 #{general.number} 并入另一件" in shown
    assert ">结束<" in re.sub(r"\s+", "", shown)
    assert "FB-3.1b" in shown
    assert f'action="/cases/{general.number}/merger/"' in shown
    assert f'action="/cases/{urgent.number}/merger/"' not in shown
    assert people.PHONE not in shown


def test_a_number_that_is_none_is_said_and_for_htmx_the_comparison_comes_alone(cast: Cast, browse, two):
    client = browse(cast.intake)
    for asked in ("999999", "abc", str(two[0].number)):
        assert "没有这样一件" in page(client, f"/cases/{two[0].number}/comparison/?other={asked}")
    address = f"/cases/{two[0].number}/comparison/?other={two[1].number}"
    alone = client.get(address, HTTP_HX_REQUEST="true").content.decode()
    assert alone.startswith('<div id="comparison">')


def test_both_pages_say_what_was_merged_and_the_others_story_stands_among_the_rest(cast: Cast, browse, two):
    target, source = two
    notes.note(source, by=cast.engineer.by, at=clock.now(), text="镜头盖没有打开")
    act(browse(cast.intake), source, "merger", other=target.number)
    client = browse(cast.intake)
    there = page(client, f"/cases/{target.number}/")
    assert "镜头盖没有打开" in there
    assert f'data-on="{source.number}"' in there
    assert "林受理" in there.split("并进来的")[1][:400]
    for number in (target.number, source.number):
        assert f'action="/cases/{source.number}/merger/undo/"' in page(client, f"/cases/{number}/")
    act(client, source, "merger/undo")
    assert source.merged_into is None


def test_what_was_written_on_since_says_why_it_stays_merged(cast: Cast, browse, two):
    target, source = two
    merging.merge(source, into=target, by=cast.intake.by, at=clock.now())
    notes.note(source, by=cast.engineer.by, at=clock.now(), text="又想起一件事")
    for number in (target.number, source.number):
        shown = page(browse(cast.intake), f"/cases/{number}/")
        assert "又有了新内容" in shown
        assert f'action="/cases/{source.number}/merger/undo/"' not in shown


def test_one_merged_case_or_three_cost_the_same(cast: Cast, browse, two):
    target, source = two
    others = [people.triaged(cast, at=clock.now() - timedelta(minutes=30)) for _ in range(2)]
    client = browse(cast.intake)

    def cost() -> int:
        page(client, f"/cases/{target.number}/")
        with CaptureQueriesContext(connection) as queries:
            page(client, f"/cases/{target.number}/")
        return len(queries)

    merging.merge(source, into=target, by=cast.intake.by, at=clock.now())
    first = cost()
    for other in others:
        merging.merge(other, into=target, by=cast.intake.by, at=clock.now())
    assert cost() == first
