"""FB-2.2a: the hotline is answered within three rings, counted call by call from the call log."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from tests.cast import Cast
from tests.clauses.telling import new_edition, when
from tests.support.hotline import connected, rings, tells

from goodword.base.core.transactions import one_fact
from goodword.company.channels.hotline.models import Call
from goodword.company.channels.hotline.queries import answering

ID = "FB-2.2a"
DAY = when("2026-01-05 00:00")


@pytest.fixture(autouse=True)
def hotline(cast: Cast) -> None:
    connected(numbers=("4008001234",))


def a_call(name: str, at: str, *, until: float, event: str = "answered", line: str = "4008001234") -> Call:
    """A call that rang for `until` seconds, as the call centre tells it."""
    begun = when(at)
    with time_machine.travel(begun, tick=False):
        assert rings(name, begun, to=line).status_code == 200
    ended = begun + timedelta(seconds=until)
    with time_machine.travel(ended, tick=False):
        assert tells(event, name, ended).status_code == 200
    return Call.objects.get(outside_id=name)


@pytest.mark.parametrize(
    ("seconds", "rung", "counts_as"),
    [(0.5, 1, "in_time"), (5, 2, "in_time"), (14.9, 3, "in_time"), (15, 4, "late"), (40, 9, "late")],
)
def test_one_second_of_tone_and_four_of_silence_make_a_ring(
    seconds: float, rung: int, counts_as: str
) -> None:
    call = a_call("c1", "2026-01-05 10:00", until=seconds)
    assert (call.rings, call.outcome) == (rung, counts_as)


def test_missed_calls_count_against_it_and_who_gives_up_at_once_does_not(cast: Cast) -> None:
    a_call("c1", "2026-01-05 10:00", until=6)
    a_call("c2", "2026-01-05 10:10", until=31, event="missed")
    a_call("c3", "2026-01-05 10:20", until=4, event="hung_up")
    a_call("c4", "2026-01-05 10:30", until=40, event="missed", line="02155550000")
    found = answering(DAY, DAY + timedelta(days=1))
    assert found.counts == {"in_time": 1, "missed": 1, "gave_up": 1, "aside": 1}
    assert (found.decided, found.share) == (2, 0.5)


def test_without_a_ring_in_the_log_nothing_is_claimed(cast: Cast) -> None:
    at = when("2026-01-05 10:00")
    with time_machine.travel(at, tick=False):
        tells("answered", "c1", at)
    call = Call.objects.get()
    assert (call.rings, call.outcome) == (None, "aside")  # no line either
    with time_machine.travel(at, tick=False):
        tells("answered", "c2", at, to="4008001234")
    assert Call.objects.get(outside_id="c2").outcome == "unmeasured"


def test_a_new_figure_holds_from_its_day_and_not_before(cast: Cast) -> None:
    new_edition(cast, ID, holds_from="2026-01-07", rings=2)
    assert a_call("c1", "2026-01-06 10:00", until=12).outcome == "in_time"
    assert a_call("c2", "2026-01-07 10:00", until=12).outcome == "late"
    with one_fact():
        new_edition(cast, ID, holds_from="2026-01-08", ring_sounds="2 s")
    assert a_call("c3", "2026-01-08 10:00", until=12).rings == 3


def test_its_page_shows_the_share_and_leads_to_each_call(cast: Cast) -> None:
    late = a_call("c1", "2026-01-05 10:00", until=30)
    a_call("c2", "2026-01-05 10:10", until=3)
    client = Client(HTTP_HOST="localhost")
    client.force_login(cast.lead.account)
    with time_machine.travel(when("2026-01-05 12:00"), tick=False):
        page = client.get(f"/regulations/{ID}/?from=2026-01-05&to=2026-01-05&outcome=late")
    text = page.content.decode()
    assert "50%" in text
    assert f"/calls/{late.pk}/" in text
    assert "尾号 5678" in text
    assert "13800005678" not in text


def test_the_overview_counts_it_beside_the_duties(cast: Cast) -> None:
    a_call("c1", "2026-01-05 10:00", until=30)
    a_call("c2", "2026-01-05 10:10", until=3)
    a_call("c3", "2026-01-05 10:20", until=4, event="hung_up")
    client = Client(HTTP_HOST="localhost")
    client.force_login(cast.lead.account)
    with time_machine.travel(when("2026-01-06 12:00"), tick=False):
        text = client.get("/regulations/?from=2026-01-05&to=2026-01-05").content.decode()
        before = client.get("/regulations/?from=2026-01-04&to=2026-01-04").content.decode()
    assert "50.0% 按时（1/2）" in text
    assert "按时（1/2）" not in before
