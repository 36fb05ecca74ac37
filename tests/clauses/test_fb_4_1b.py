"""FB-4.1b: work on general feedback and suggestions starts within 24 hours."""

from __future__ import annotations

import pytest
from tests.cast import Cast, done, duty, started, triaged
from tests.clauses.telling import duties, new_edition, outcome, retriaged, rings_in_turn, unsatisfied, when

from goodword.voice.cases.actions import investigating, short_way

ID = "FB-4.1b"


def test_a_day_and_night_run_from_triage_and_lateness_climbs(cast: Cast) -> None:
    case = triaged(cast, at=when("2026-01-05 10:00"))
    assert duty(case, ID).due_at == when("2026-01-06 10:05")
    rings_in_turn(
        cast,
        case,
        ID,
        ("2026-01-06 02:53", "warned engineer"),
        ("2026-01-06 10:05", "breached engineer"),
        ("2026-01-06 10:35", "escalated technology_head"),
        ("2026-01-06 11:05", "escalated lead"),
        ("2026-01-06 14:05", "escalated deputy"),
    )


def test_holidays_do_not_stop_it(cast: Cast) -> None:
    assert duty(triaged(cast, at=when("2026-02-14 17:55")), ID).due_at == when("2026-02-15 18:00")


def test_beginning_to_investigate_meets_it_in_time_or_late(cast: Cast) -> None:
    assert outcome(duty(started(cast), ID)) == ("met", False)
    late = triaged(cast, at=when("2026-01-05 10:00"))
    investigating.start(late, by=cast.engineer.by, at=when("2026-01-06 10:06"))
    assert outcome(duty(late, ID)) == ("met", True)


def test_a_suggestion_that_is_acknowledged_has_been_started(cast: Cast) -> None:
    idea = triaged(cast, kind="suggestion", content="other", severity="suggestion", department="service")
    assert duty(idea, ID).state == "open"
    short_way.acknowledge(
        idea, by=cast.lead.by, at=when("2026-01-05 16:00"), text="谢谢您的建议,我们会认真评估。"
    )
    assert outcome(duty(idea, ID)) == ("met", False)


@pytest.mark.parametrize("kind", ["praise", "consultation"])
def test_praise_and_consultations_go_other_ways(cast: Cast, kind: str) -> None:
    assert duties(triaged(cast, kind=kind), ID) == []


def test_what_turns_out_urgent_leaves_it_and_a_new_round_starts_it_afresh(cast: Cast) -> None:
    case = triaged(cast)
    retriaged(cast, case, at=when("2026-01-05 11:00"), severity="urgent")
    assert duties(case, ID) == [(1, 1, "superseded")]

    again = unsatisfied(cast, done(cast), at=when("2026-01-06 14:00"))
    assert duties(again, ID) == [(1, 1, "met"), (2, 1, "open")]
    assert duty(again, ID).due_at == when("2026-01-07 14:00")


def test_a_running_clock_keeps_the_figure_of_its_day(cast: Cast) -> None:
    running = triaged(cast, at=when("2026-01-06 10:00"))
    new_edition(cast, ID, holds_from="2026-01-07", within="12 h")
    assert duty(running, ID).due_at == when("2026-01-07 10:05")
    assert duty(triaged(cast, at=when("2026-01-07 10:00")), ID).due_at == when("2026-01-07 22:05")
