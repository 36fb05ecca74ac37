"""FB-4.2d: general feedback has a first opinion within one working day."""

from __future__ import annotations

import pytest
from tests.cast import Cast, communicated, done, duty, triaged
from tests.clauses.telling import duties, new_edition, outcome, retriaged, rings_in_turn, unsatisfied, when

from goodword.voice.cases.actions import replying, waiting

ID = "FB-4.2d"


def test_it_is_due_when_the_next_working_day_ends_and_lateness_climbs_by_working_time(cast: Cast) -> None:
    case = triaged(cast, at=when("2026-01-05 10:00"))
    assert duty(case, ID).due_at == when("2026-01-06 18:00")
    rings_in_turn(
        cast,
        case,
        ID,
        ("2026-01-06 12:55:30", "warned engineer"),
        ("2026-01-06 18:00", "breached engineer"),
        ("2026-01-07 11:00", "escalated technology_head"),
        ("2026-01-07 18:00", "escalated lead"),
        ("2026-01-09 18:00", "escalated deputy"),
    )


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2026-01-09 16:00", "2026-01-12 18:00"),  # a Friday: Monday
        ("2026-01-10 16:00", "2026-01-12 18:00"),  # a Saturday: Monday is the first working day
        ("2026-02-13 16:00", "2026-02-14 18:00"),  # the Saturday before the Spring Festival is worked
        ("2026-02-14 16:00", "2026-02-24 18:00"),  # nine days off
        ("2026-02-27 16:00", "2026-02-28 18:00"),  # the Saturday that makes up for them
    ],
)
def test_weekends_and_holidays_are_skipped_and_make_up_days_count(
    cast: Cast, received: str, due: str
) -> None:
    assert duty(triaged(cast, at=when(received)), ID).due_at == when(due)


def test_an_opinion_meets_it_in_time_or_late_and_a_receipt_does_not(cast: Cast) -> None:
    case, late = (triaged(cast, at=when("2026-01-05 10:00")) for _ in range(2))
    by = cast.engineer.by
    replying.reply(case, by=by, at=when("2026-01-05 11:00"), text="已收到。", purpose="first_response")
    assert outcome(duty(case, ID)) == ("open", False)
    replying.reply(case, by=by, at=when("2026-01-06 18:00"), text="初步判断是主板。", purpose="opinion")
    replying.reply(late, by=by, at=when("2026-01-06 18:01"), text="初步判断是主板。", purpose="opinion")
    assert (outcome(duty(case, ID)), outcome(duty(late, ID))) == (("met", False), ("met", True))
    assert outcome(duty(communicated(cast), ID)) == ("met", False)


def test_a_working_day_spent_waiting_for_the_customer_is_given_back(cast: Cast) -> None:
    case = triaged(cast, at=when("2026-01-05 10:00"))
    waiting.start(case, by=cast.engineer.by, at=when("2026-01-05 14:00"), what="照片")
    waiting.end(case, by=cast.engineer.by, at=when("2026-01-06 14:00"))
    assert duty(case, ID).due_at == when("2026-01-07 18:00")


def test_an_urgent_case_leaves_it_and_a_new_round_starts_it_afresh(cast: Cast) -> None:
    case = triaged(cast)
    retriaged(cast, case, at=when("2026-01-05 10:30"), severity="urgent")
    assert duties(case, ID) == [(1, 1, "superseded")]
    again = unsatisfied(cast, done(cast), at=when("2026-01-06 14:00"))
    assert (duties(again, ID)[-1], duty(again, ID).due_at) == ((2, 1, "open"), when("2026-01-07 18:00"))


def test_a_running_clock_keeps_the_figure_of_its_day(cast: Cast) -> None:
    running = triaged(cast, at=when("2026-01-06 10:00"))
    new_edition(cast, ID, holds_from="2026-01-07", within="4 wh")
    assert duty(running, ID).due_at == when("2026-01-07 18:00")
    assert duty(triaged(cast, at=when("2026-01-07 16:55")), ID).due_at == when("2026-01-08 12:00")
