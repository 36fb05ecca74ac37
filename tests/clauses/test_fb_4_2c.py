"""FB-4.2c: an urgent matter's solution is discussed with the customer within two hours."""

from __future__ import annotations

from tests.cast import Cast, communicated, done, duty, proposed, triaged
from tests.clauses.telling import duties, new_edition, outcome, retriaged, rings_in_turn, unsatisfied, when

from goodword.voice.cases.actions import solving, waiting

ID = "FB-4.2c"


def test_two_hours_run_from_triage_and_lateness_climbs(cast: Cast) -> None:
    case = triaged(cast, at=when("2026-01-05 10:00"), severity="urgent")
    assert duty(case, ID).due_at == when("2026-01-05 12:05")
    rings_in_turn(
        cast,
        case,
        ID,
        ("2026-01-05 11:29", "warned engineer"),
        ("2026-01-05 12:05", "breached engineer"),
        ("2026-01-05 12:35", "escalated technology_head"),
        ("2026-01-05 13:05", "escalated lead"),
        ("2026-01-05 16:05", "escalated deputy"),
    )


def test_a_solution_discussed_meets_it_one_merely_proposed_does_not(cast: Cast) -> None:
    assert outcome(duty(communicated(cast, severity="urgent"), ID)) == ("met", False)
    case = proposed(cast, at=when("2026-01-05 10:00"), severity="urgent")
    assert outcome(duty(case, ID)) == ("open", False)
    solution = case.solutions.get()
    solving.communicate(solution, by=cast.engineer.by, at=when("2026-01-05 12:06"), channel="hotline")
    assert outcome(duty(case, ID)) == ("met", True)


def test_it_runs_on_over_a_holiday_night(cast: Cast) -> None:
    case = triaged(cast, at=when("2026-02-16 22:30"), severity="urgent")
    assert duty(case, ID).due_at == when("2026-02-17 00:35")


def test_waiting_for_the_customer_stops_the_clock_and_both_times_are_kept(cast: Cast) -> None:
    case = triaged(cast, at=when("2026-01-05 10:00"), severity="urgent")
    waiting.start(case, by=cast.engineer.by, at=when("2026-01-05 10:35"), what="故障现场的视频")
    assert duty(case, ID).wake_at is None
    waiting.end(case, by=cast.engineer.by, at=when("2026-01-05 11:35"))
    assert duty(case, ID).due_at == when("2026-01-05 13:05")
    rings_in_turn(
        cast, case, ID, ("2026-01-05 12:29", "warned engineer"), ("2026-01-05 13:05", "breached engineer")
    )


def test_general_feedback_is_not_bound_and_a_new_round_is_bound_afresh(cast: Cast) -> None:
    case = triaged(cast, severity="urgent")
    retriaged(cast, case, at=when("2026-01-05 10:30"))
    assert duties(case, ID) == [(1, 1, "superseded")]
    again = unsatisfied(cast, done(cast, severity="urgent"), at=when("2026-01-06 14:00"))
    assert (duties(again, ID)[-1], duty(again, ID).due_at) == ((2, 1, "open"), when("2026-01-06 16:00"))


def test_a_running_clock_keeps_the_figure_of_its_day(cast: Cast) -> None:
    running = triaged(cast, at=when("2026-01-06 23:30"), severity="urgent")
    new_edition(cast, ID, holds_from="2026-01-07", within="90 min")
    assert duty(running, ID).due_at == when("2026-01-07 01:35")
    fresh = triaged(cast, at=when("2026-01-07 10:00"), severity="urgent")
    assert duty(fresh, ID).due_at == when("2026-01-07 11:35")
