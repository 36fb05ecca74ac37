"""SU-8b: for an urgent consultation a named person calls and gives a first proposal within 10 minutes."""

from __future__ import annotations

import pytest
from tests.cast import Cast, a_case, duty, triaged
from tests.clauses.telling import duties, new_edition, outcome, retriaged, rings, rings_in_turn, when

from goodword.base.core.errors import Invalid
from goodword.voice.cases.actions import replying
from goodword.voice.cases.models import Case

ID = "SU-8b"
ASKED = "明天要用两台摄像机,还能租到吗?"


def needed_tomorrow(cast: Cast, at: str) -> Case:
    """Somebody needs equipment on the next day."""
    return a_case(cast, at=when(at), text=ASKED, kind="consultation", urgent_need=True)


def test_ten_minutes_run_from_receipt_and_lateness_climbs(cast: Cast) -> None:
    case = needed_tomorrow(cast, "2026-01-05 10:00")
    assert duty(case, ID).due_at == when("2026-01-05 10:10")
    rings_in_turn(
        cast,
        case,
        ID,
        ("2026-01-05 10:07", "warned intake"),
        ("2026-01-05 10:10", "breached intake"),
        ("2026-01-05 10:20", "escalated lead"),
        ("2026-01-05 10:40", "escalated lead"),
        ("2026-01-05 12:10", "escalated deputy"),
    )


def test_once_it_has_a_named_person_that_person_is_told(cast: Cast) -> None:
    case = triaged(cast, at=when("2026-01-05 10:00"), kind="consultation", text=ASKED, urgent_need=True)
    assert rings(cast, case, ID, when("2026-01-05 10:07")) == ["warned engineer"]


def test_night_and_holidays_make_no_difference(cast: Cast) -> None:
    assert duty(needed_tomorrow(cast, "2026-02-17 23:55"), ID).due_at == when("2026-02-18 00:05")


def test_only_a_call_with_a_first_proposal_meets_it(cast: Cast) -> None:
    case, late = (needed_tomorrow(cast, "2026-01-05 10:00") for _ in range(2))
    by = cast.intake.by
    replying.call_customer(case, by=by, at=when("2026-01-05 10:03"), reached=False)
    replying.call_customer(case, by=by, at=when("2026-01-05 10:06"), reached=True)
    assert outcome(duty(case, ID)) == ("open", False)
    with pytest.raises(Invalid):
        replying.call_customer(case, by=by, at=when("2026-01-05 10:07"), reached=False, first_proposal="调货")
    proposal = {"reached": True, "first_proposal": "可从东城仓调两台,今晚送到。"}
    replying.call_customer(case, by=by, at=when("2026-01-05 10:10"), **proposal)
    replying.call_customer(late, by=by, at=when("2026-01-05 10:11"), **proposal)
    assert (outcome(duty(case, ID)), outcome(duty(late, ID))) == (("met", False), ("met", True))


def test_an_ordinary_question_is_not_bound_until_it_is_found_urgent(cast: Cast) -> None:
    case = triaged(cast, at=when("2026-01-05 10:00"), kind="consultation", text=ASKED)
    assert duties(case, ID) == []
    retriaged(cast, case, at=when("2026-01-05 10:20"), kind="consultation", severity="urgent")
    assert duty(case, ID).due_at == when("2026-01-05 10:30")
    retriaged(cast, case, at=when("2026-01-05 10:25"), kind="complaint", severity="urgent")
    assert duties(case, ID) == [(1, 1, "superseded")]


def test_a_running_clock_keeps_the_figure_of_its_day(cast: Cast) -> None:
    running = needed_tomorrow(cast, "2026-01-06 23:55")
    new_edition(cast, ID, holds_from="2026-01-07", within="5 min")
    assert duty(running, ID).due_at == when("2026-01-07 00:05")
    assert duty(needed_tomorrow(cast, "2026-01-07 00:01"), ID).due_at == when("2026-01-07 00:06")
