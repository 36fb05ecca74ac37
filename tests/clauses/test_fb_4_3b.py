"""FB-4.3b: general feedback is done within three working days."""

from __future__ import annotations

import pytest
from tests.cast import Cast, carrying_out, done, duty, finish, triaged
from tests.clauses.telling import duties, new_edition, outcome, retriaged, rings_in_turn, unsatisfied, when

from goodword.voice.cases.actions import waiting

ID = "FB-4.3b"


def test_it_is_due_when_the_third_working_day_ends_and_lateness_climbs(cast: Cast) -> None:
    case = triaged(cast, at=when("2026-01-05 10:00"))
    assert duty(case, ID).due_at == when("2026-01-08 18:00")
    rings_in_turn(
        cast,
        case,
        ID,
        ("2026-01-07 16:31:30", "warned engineer"),
        ("2026-01-08 18:00", "breached engineer"),
        ("2026-01-09 11:00", "escalated technology_head"),
        ("2026-01-09 18:00", "escalated lead"),
        ("2026-01-13 18:00", "escalated deputy"),
    )


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2026-01-08 10:00", "2026-01-13 18:00"),  # over a weekend
        (
            "2026-02-12 10:00",
            "2026-02-24 18:00",
        ),  # 13th, working Saturday 14th, and the first day after the festival
        ("2026-02-13 10:00", "2026-02-25 18:00"),
        ("2026-02-26 10:00", "2026-03-02 18:00"),  # 27th, working Saturday 28th, Monday
    ],
)
def test_weekends_and_the_spring_festival_are_skipped_and_make_up_days_count(
    cast: Cast, received: str, due: str
) -> None:
    assert duty(triaged(cast, at=when(received)), ID).due_at == when(due)


def test_done_in_time_or_late(cast: Cast) -> None:
    assert outcome(duty(done(cast), ID)) == ("met", False)
    late = carrying_out(cast, at=when("2026-01-05 10:00"))
    finish(cast, late, at=when("2026-01-08 18:00:01"))
    assert outcome(duty(late, ID)) == ("met", True)


def test_a_night_of_waiting_gives_back_nothing_and_three_days_give_back_three(cast: Cast) -> None:
    case = triaged(cast, at=when("2026-01-05 10:00"))
    waiting.start(case, by=cast.engineer.by, at=when("2026-01-05 18:00"), what="寄回设备")
    waiting.end(case, by=cast.engineer.by, at=when("2026-01-06 09:00"))
    assert duty(case, ID).due_at == when("2026-01-08 18:00")
    waiting.start(case, by=cast.engineer.by, at=when("2026-01-06 09:00"), what="寄回设备")
    waiting.end(case, by=cast.engineer.by, at=when("2026-01-09 09:00"))
    assert duty(case, ID).due_at == when("2026-01-13 18:00")


def test_an_urgent_case_leaves_it_and_a_new_round_starts_it_afresh(cast: Cast) -> None:
    case = triaged(cast)
    retriaged(cast, case, at=when("2026-01-05 10:30"), severity="urgent")
    assert duties(case, ID) == [(1, 1, "superseded")]
    again = unsatisfied(cast, done(cast), at=when("2026-01-06 14:00"))
    assert (duties(again, ID)[-1], duty(again, ID).due_at) == ((2, 1, "open"), when("2026-01-09 18:00"))


def test_a_running_clock_keeps_the_figure_of_its_day(cast: Cast) -> None:
    running = triaged(cast, at=when("2026-01-06 10:00"))
    new_edition(cast, ID, holds_from="2026-01-07", within="2 wd")
    assert duty(running, ID).due_at == when("2026-01-09 18:00")
    assert duty(triaged(cast, at=when("2026-01-07 10:00")), ID).due_at == when("2026-01-09 18:00")
