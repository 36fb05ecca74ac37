"""CS-3.2a: within 30 minutes of working time the customer hears that it was received and when to expect more."""

from __future__ import annotations

import pytest
from tests.cast import Cast, a_case, duty, triaged
from tests.clauses.telling import duties, new_edition, outcome, retriaged, rings_in_turn, when

from goodword.voice.cases.actions import replying

ID = "CS-3.2a"


def test_half_an_hour_of_working_time_runs_from_receipt_and_lateness_climbs(cast: Cast) -> None:
    case = a_case(cast, at=when("2026-01-05 10:00"))
    assert duty(case, ID).due_at == when("2026-01-05 10:30")
    rings_in_turn(
        cast,
        case,
        ID,
        ("2026-01-05 10:21", "warned intake"),
        ("2026-01-05 10:30", "breached intake"),
        ("2026-01-05 10:45", "escalated lead"),
        ("2026-01-05 11:30", "escalated lead"),
        ("2026-01-05 14:30", "escalated deputy"),
    )


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2026-01-05 20:00", "2026-01-06 09:30"),
        ("2026-01-05 17:30", "2026-01-05 18:00"),  # due exactly when the office closes
        ("2026-01-09 17:45", "2026-01-12 09:15"),  # a quarter on Friday, a quarter on Monday
        ("2026-02-13 17:50", "2026-02-14 09:20"),  # the Saturday before the Spring Festival is worked
        ("2026-02-14 17:50", "2026-02-24 09:20"),  # ten minutes before nine days off
        ("2026-02-28 17:50", "2026-03-02 09:20"),
    ],
)
def test_nights_weekends_and_the_spring_festival_stand_still(cast: Cast, received: str, due: str) -> None:
    assert duty(a_case(cast, at=when(received)), ID).due_at == when(due)


def test_a_first_word_by_a_person_meets_it_in_time_or_late_and_an_automatic_receipt_does_not(
    cast: Cast,
) -> None:
    case, late = (a_case(cast, at=when("2026-01-09 17:45"), channel="wechat") for _ in range(2))
    assert outcome(duty(case, ID)) == ("open", False)
    said = {"by": cast.intake.by, "text": "已收到,今天下班前给您答复。", "purpose": "first_response"}
    replying.reply(case, at=when("2026-01-12 09:15"), **said)
    replying.reply(late, at=when("2026-01-12 09:16"), **said)
    assert (outcome(duty(case, ID)), outcome(duty(late, ID))) == (("met", False), ("met", True))
    assert (duty(case, ID).used_for, duty(late, ID).used_for) == (30 * 60, 31 * 60)


def test_a_call_that_reaches_the_customer_is_a_first_word_too(cast: Cast) -> None:
    case = a_case(cast, at=when("2026-01-05 10:00"))
    replying.call_customer(case, by=cast.intake.by, at=when("2026-01-05 10:10"), reached=False)
    assert outcome(duty(case, ID)) == ("open", False)
    replying.call_customer(case, by=cast.intake.by, at=when("2026-01-05 10:20"), reached=True)
    assert outcome(duty(case, ID)) == ("met", False)


def test_praise_and_suggestions_owe_no_such_word_and_what_turns_out_to_be_praise_leaves_it(
    cast: Cast,
) -> None:
    assert duties(a_case(cast, kind="suggestion"), ID) == []
    case = triaged(cast, at=when("2026-01-05 10:00"))
    retriaged(cast, case, at=when("2026-01-05 10:20"), kind="praise")
    assert duties(case, ID) == [(1, 1, "superseded")]


def test_the_company_may_set_another_time_for_later_cases(cast: Cast) -> None:
    running = a_case(cast, at=when("2026-01-06 17:50"))
    new_edition(cast, ID, holds_from="2026-01-07", default="20 wmin")
    assert duty(running, ID).due_at == when("2026-01-07 09:20")
    assert duty(a_case(cast, at=when("2026-01-07 17:50")), ID).due_at == when("2026-01-08 09:10")
