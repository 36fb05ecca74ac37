"""FB-2.2d: the progress promised in an automatic receipt is given by a person within 24 hours."""

from __future__ import annotations

import pytest
from tests.cast import Cast, a_case, duty
from tests.clauses.telling import duties, new_edition, outcome, rings_in_turn, when

from goodword.voice.cases.actions import merging, replying

ID = "FB-2.2d"


def test_a_receipt_starts_24_hours_which_warn_fall_due_and_climb(cast: Cast) -> None:
    case = a_case(cast, at=when("2026-01-05 17:00"), channel="app")
    assert duty(case, ID).due_at == when("2026-01-06 17:00")
    rings_in_turn(
        cast,
        case,
        ID,
        ("2026-01-06 09:48", "warned intake"),
        ("2026-01-06 17:00", "breached intake"),
        ("2026-01-06 17:30", "escalated lead"),
        ("2026-01-06 18:00", "escalated lead"),
        ("2026-01-06 21:00", "escalated deputy"),
    )


def test_a_voice_on_the_hotline_gives_no_receipt_and_promises_nothing(cast: Cast) -> None:
    assert duties(a_case(cast, channel="hotline"), ID) == []


def test_the_promise_runs_on_over_a_weekend(cast: Cast) -> None:
    assert duty(a_case(cast, at=when("2026-01-09 17:30"), channel="app"), ID).due_at == when(
        "2026-01-10 17:30"
    )


@pytest.mark.parametrize("purpose", ["progress", "opinion", "answer"])
def test_a_person_who_tells_how_it_stands_keeps_the_promise(cast: Cast, purpose: str) -> None:
    case = a_case(cast, at=when("2026-01-05 10:00"), channel="app")
    replying.reply(
        case, by=cast.intake.by, at=when("2026-01-06 10:00"), text="工程师下午上门。", purpose=purpose
    )
    assert outcome(duty(case, ID)) == ("met", False)


def test_a_mere_we_have_received_it_does_not_and_progress_on_the_second_day_is_late(cast: Cast) -> None:
    case = a_case(cast, at=when("2026-01-05 10:00"), channel="app")
    replying.reply(
        case, by=cast.intake.by, at=when("2026-01-05 10:05"), text="已收到。", purpose="first_response"
    )
    assert outcome(duty(case, ID)) == ("open", False)
    replying.reply(case, by=cast.intake.by, at=when("2026-01-06 10:01"), text="已排期。", purpose="progress")
    assert outcome(duty(case, ID)) == ("met", True)


def test_the_case_it_is_merged_into_keeps_its_own_promise_and_this_one_is_let_go(cast: Cast) -> None:
    one, other = (a_case(cast, at=when("2026-01-05 10:00"), channel="app") for _ in range(2))
    merging.merge(other, into=one, by=cast.intake.by, at=when("2026-01-05 10:20"))
    assert (outcome(duty(one, ID))[0], outcome(duty(other, ID))[0]) == ("open", "released")


def test_a_shorter_promise_binds_later_cases_only(cast: Cast) -> None:
    running = a_case(cast, at=when("2026-01-06 20:00"), channel="app")
    new_edition(cast, ID, holds_from="2026-01-07", within="12 h")
    assert duty(running, ID).due_at == when("2026-01-07 20:00")
    assert duty(a_case(cast, at=when("2026-01-07 08:00"), channel="app"), ID).due_at == when(
        "2026-01-07 20:00"
    )
