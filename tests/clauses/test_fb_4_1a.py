"""FB-4.1a: urgent feedback is being investigated within one hour."""

from __future__ import annotations

from tests.cast import Cast, done, duty, started, triaged
from tests.clauses.telling import duties, new_edition, outcome, retriaged, rings_in_turn, unsatisfied, when

from goodword.voice.cases.actions import investigating

ID = "FB-4.1a"


def test_one_hour_runs_from_triage_and_lateness_climbs(cast: Cast) -> None:
    case = triaged(cast, at=when("2026-01-05 10:00"), severity="urgent")
    assert duty(case, ID).due_at == when("2026-01-05 11:05")
    rings_in_turn(
        cast,
        case,
        ID,
        ("2026-01-05 10:47", "warned engineer"),
        ("2026-01-05 11:05", "breached engineer"),
        ("2026-01-05 11:35", "escalated technology_head"),
        ("2026-01-05 12:05", "escalated lead"),
        ("2026-01-05 15:05", "escalated deputy"),
    )


def test_it_runs_on_at_night_on_a_sunday(cast: Cast) -> None:
    case = triaged(cast, at=when("2026-01-10 23:30"), severity="urgent")
    assert duty(case, ID).due_at == when("2026-01-11 00:35")


def test_beginning_to_investigate_meets_it_in_time_or_late(cast: Cast) -> None:
    assert outcome(duty(started(cast, severity="urgent"), ID)) == ("met", False)
    late = triaged(cast, at=when("2026-01-05 10:00"), severity="urgent")
    investigating.start(late, by=cast.engineer.by, at=when("2026-01-05 11:06"))
    assert outcome(duty(late, ID)) == ("met", True)


def test_a_case_found_less_grave_takes_the_clock_of_its_new_severity(cast: Cast) -> None:
    case = triaged(cast, at=when("2026-01-05 10:00"), severity="urgent")
    retriaged(cast, case, at=when("2026-01-05 10:30"), severity="general")
    assert outcome(duty(case, ID)) == ("superseded", False)
    assert duty(case, "FB-4.1b").due_at == when("2026-01-06 10:30")
    retriaged(cast, case, at=when("2026-01-05 10:40"), severity="urgent")
    assert duties(case, ID) == [(1, 1, "superseded"), (1, 2, "open")]
    assert duty(case, ID).due_at == when("2026-01-05 11:40")


def test_an_unsatisfied_customer_has_it_investigated_afresh(cast: Cast) -> None:
    case = unsatisfied(cast, done(cast, severity="urgent"), at=when("2026-01-06 14:00"))
    assert duty(case, ID).due_at == when("2026-01-06 15:00")
    assert duties(case, ID) == [(1, 1, "met"), (2, 1, "open")]


def test_a_running_clock_keeps_the_figure_of_its_day(cast: Cast) -> None:
    running = triaged(cast, at=when("2026-01-06 23:50"), severity="urgent")
    new_edition(cast, ID, holds_from="2026-01-07", within="30 min")
    fresh = triaged(cast, at=when("2026-01-06 23:55"), severity="urgent")
    assert duty(running, ID).due_at == when("2026-01-07 00:55")
    assert duty(fresh, ID).due_at == when("2026-01-07 00:30")
