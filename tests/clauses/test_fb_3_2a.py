"""FB-3.2a: feedback is triaged within 10 minutes, day and night."""

from __future__ import annotations

from tests.cast import Cast, a_case, duty
from tests.clauses.telling import duties, new_edition, outcome, retriaged, rings, rings_in_turn, when

from goodword.voice.cases.actions import rounds, withdrawing

ID = "FB-3.2a"


def test_ten_minutes_run_from_receipt_and_lateness_climbs_from_intake_to_the_executives(cast: Cast) -> None:
    case = a_case(cast, at=when("2026-01-05 10:00"))
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
    assert rings(cast, case, ID, when("2026-01-07 10:00")) == []


def test_triage_in_time_meets_it_and_triage_afterwards_leaves_it_late(cast: Cast) -> None:
    quick, slow = (a_case(cast, at=when("2026-01-05 10:00")) for _ in range(2))
    retriaged(cast, quick, at=when("2026-01-05 10:10"))
    retriaged(cast, slow, at=when("2026-01-05 10:11"))
    assert outcome(duty(quick, ID)) == ("met", False)
    assert outcome(duty(slow, ID)) == ("met", True)
    assert (duty(quick, ID).used_for, duty(slow, ID).used_for) == (600, 660)


def test_the_clock_runs_on_at_night_and_through_the_spring_festival(cast: Cast) -> None:
    assert duty(a_case(cast, at=when("2026-02-17 23:55")), ID).due_at == when("2026-02-18 00:05")


def test_triage_again_starts_no_second_clock_and_withdrawal_lets_the_first_go(cast: Cast) -> None:
    case = a_case(cast, at=when("2026-01-05 10:00"))
    retriaged(cast, case, at=when("2026-01-05 10:05"))
    retriaged(cast, case, at=when("2026-01-05 10:30"), severity="urgent")
    assert duties(case, ID) == [(1, 1, "met")]

    gone = a_case(cast, at=when("2026-01-05 11:00"))
    withdrawing.withdraw(gone, by=cast.intake.by, at=when("2026-01-05 11:04"), reason="客户说不用了")
    assert outcome(duty(gone, ID)) == ("released", False)
    rounds.reopen(gone, by=cast.lead.by, at=when("2026-01-06 09:00"), reason="客户又来问了")
    assert duty(gone, ID, round_no=2).due_at == when("2026-01-06 09:10")


def test_a_new_figure_holds_from_its_day_and_running_clocks_keep_theirs(cast: Cast) -> None:
    running = a_case(cast, at=when("2026-01-06 23:59"))
    new_edition(cast, ID, holds_from="2026-01-07", within="5 min")
    fresh = a_case(cast, at=when("2026-01-07 00:00"))
    assert (duty(running, ID).edition, duty(running, ID).due_at) == (1, when("2026-01-07 00:09"))
    assert (duty(fresh, ID).edition, duty(fresh, ID).due_at) == (2, when("2026-01-07 00:05"))
