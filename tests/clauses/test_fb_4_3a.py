"""FB-4.3a: the resolution of an urgent matter is under way within four hours."""

from __future__ import annotations

from tests.cast import Cast, agreed, carrying_out, done, duty, triaged
from tests.clauses.telling import duties, new_edition, outcome, retriaged, rings_in_turn, unsatisfied, when

from goodword.voice.cases.actions import carrying_out as carrying
from goodword.voice.cases.actions import waiting

ID = "FB-4.3a"


def test_four_hours_run_from_triage_and_lateness_climbs(cast: Cast) -> None:
    case = triaged(cast, at=when("2026-01-05 10:00"), severity="urgent")
    assert duty(case, ID).due_at == when("2026-01-05 14:05")
    rings_in_turn(
        cast,
        case,
        ID,
        ("2026-01-05 12:53", "warned engineer"),
        ("2026-01-05 14:05", "breached engineer"),
        ("2026-01-05 14:35", "escalated technology_head"),
        ("2026-01-05 15:05", "escalated lead"),
        ("2026-01-05 18:05", "escalated deputy"),
    )


def test_it_runs_on_from_saturday_into_sunday(cast: Cast) -> None:
    case = triaged(cast, at=when("2026-01-10 22:00"), severity="urgent")
    assert duty(case, ID).due_at == when("2026-01-11 02:05")


def test_carrying_out_meets_it_an_agreement_alone_does_not(cast: Cast) -> None:
    assert outcome(duty(carrying_out(cast, severity="urgent"), ID)) == ("met", False)
    case = agreed(cast, at=when("2026-01-05 10:00"), severity="urgent")
    assert outcome(duty(case, ID)) == ("open", False)
    steps = [{"what": "送换", "owner": cast.engineer.account, "due_at": None}]
    carrying.start(case, by=cast.engineer.by, at=when("2026-01-05 14:06"), steps=steps)
    assert outcome(duty(case, ID)) == ("met", True)


def test_waiting_for_the_customer_stops_the_clock(cast: Cast) -> None:
    case = triaged(cast, at=when("2026-01-05 10:00"), severity="urgent")
    waiting.start(case, by=cast.engineer.by, at=when("2026-01-05 11:00"), what="场地何时能进")
    waiting.end(case, by=cast.engineer.by, at=when("2026-01-05 13:00"))
    owed = duty(case, ID)
    assert owed.due_at == when("2026-01-05 16:05")
    rings_in_turn(cast, case, ID, ("2026-01-05 14:53", "warned engineer"))


def test_general_feedback_leaves_it_and_a_new_round_starts_it_afresh(cast: Cast) -> None:
    case = triaged(cast, severity="urgent")
    retriaged(cast, case, at=when("2026-01-05 10:30"))
    assert duties(case, ID) == [(1, 1, "superseded")]
    again = unsatisfied(cast, done(cast, severity="urgent"), at=when("2026-01-06 14:00"))
    assert (duties(again, ID)[-1], duty(again, ID).due_at) == ((2, 1, "open"), when("2026-01-06 18:00"))


def test_a_running_clock_keeps_the_figure_of_its_day(cast: Cast) -> None:
    running = triaged(cast, at=when("2026-01-06 21:00"), severity="urgent")
    new_edition(cast, ID, holds_from="2026-01-07", within="3 h")
    assert duty(running, ID).due_at == when("2026-01-07 01:05")
    fresh = triaged(cast, at=when("2026-01-07 10:00"), severity="urgent")
    assert duty(fresh, ID).due_at == when("2026-01-07 13:05")
