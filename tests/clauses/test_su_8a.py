"""SU-8a: consultations are answered at any hour, within 15 minutes in office hours and 30 minutes otherwise."""

from __future__ import annotations

import pytest
from tests.cast import Cast, a_case, duty, triaged
from tests.clauses.telling import duties, new_edition, outcome, retriaged, rings_in_turn, when

from goodword.voice.cases.actions import closing, replying, rounds, short_way
from goodword.voice.cases.models import Case

ID = "SU-8a"
ASKED = "想问一下摄像机租一天多少钱?"


def a_question(cast: Cast, at: str) -> Case:
    """Somebody asks, over the hotline."""
    return a_case(cast, at=when(at), text=ASKED, kind="consultation")


def test_a_quarter_of_an_hour_runs_from_receipt_in_office_hours_and_lateness_climbs(cast: Cast) -> None:
    case = a_question(cast, "2026-01-05 10:00")
    assert duty(case, ID).due_at == when("2026-01-05 10:15")
    rings_in_turn(
        cast,
        case,
        ID,
        ("2026-01-05 10:10:30", "warned intake"),
        ("2026-01-05 10:15", "breached intake"),
        ("2026-01-05 10:25", "escalated lead"),
        ("2026-01-05 10:45", "escalated lead"),
        ("2026-01-05 12:15", "escalated deputy"),
    )


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        ("2026-01-05 17:55", "2026-01-05 18:10"),  # asked in office hours: the quarter runs on after them
        ("2026-01-05 18:00", "2026-01-05 18:30"),
        ("2026-01-05 03:00", "2026-01-05 03:30"),
        ("2026-01-10 10:00", "2026-01-10 10:30"),  # a Saturday
        ("2026-02-14 10:00", "2026-02-14 10:15"),  # a Saturday that is worked
        ("2026-02-18 10:00", "2026-02-18 10:30"),  # a Wednesday of the Spring Festival
    ],
)
def test_what_is_allowed_depends_on_office_hours_when_it_is_asked(cast: Cast, asked: str, due: str) -> None:
    assert duty(a_question(cast, asked), ID).due_at == when(due)


def test_an_answer_meets_it_in_time_or_late(cast: Cast) -> None:
    case, late = (a_question(cast, "2026-01-05 10:00") for _ in range(2))
    said = {"by": cast.intake.by, "text": "一天 300 元。", "purpose": "answer"}
    replying.reply(case, at=when("2026-01-05 10:15"), **said)
    replying.reply(late, at=when("2026-01-05 10:16"), **said)
    assert (outcome(duty(case, ID)), outcome(duty(late, ID))) == (("met", False), ("met", True))


def test_a_question_recognised_at_triage_is_timed_from_then_and_a_complaint_leaves_it(cast: Cast) -> None:
    case = triaged(cast, at=when("2026-01-05 10:00"))
    assert duties(case, ID) == []
    retriaged(cast, case, at=when("2026-01-05 10:20"), kind="consultation")
    assert duty(case, ID).due_at == when("2026-01-05 10:35")
    retriaged(cast, case, at=when("2026-01-05 10:25"), kind="complaint")
    assert duties(case, ID) == [(1, 1, "superseded")]


def test_a_question_asked_again_is_answered_afresh(cast: Cast) -> None:
    case = triaged(cast, at=when("2026-01-05 10:00"), kind="consultation", department="service", text=ASKED)
    short_way.answer(case, by=cast.intake.by, at=when("2026-01-05 10:06"), text="一天 300 元。")
    closing.close(case, by=cast.intake.by, at=when("2026-01-05 11:00"))
    rounds.reopen(case, by=cast.lead.by, at=when("2026-01-06 20:00"), reason="那租三天呢?")
    assert duties(case, ID) == [(1, 1, "met"), (2, 1, "open")]
    assert duty(case, ID).due_at == when("2026-01-06 20:30")


def test_a_running_clock_keeps_the_figures_of_its_day(cast: Cast) -> None:
    running = a_question(cast, "2026-01-06 23:50")
    new_edition(cast, ID, holds_from="2026-01-07", office="10 min", otherwise="20 min")
    assert duty(running, ID).due_at == when("2026-01-07 00:20")
    assert duty(a_question(cast, "2026-01-07 00:00"), ID).due_at == when("2026-01-07 00:20")
    assert duty(a_question(cast, "2026-01-07 10:00"), ID).due_at == when("2026-01-07 10:10")
