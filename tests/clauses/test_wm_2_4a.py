"""WM-2.4a: for an urgent fault, technical guidance from a distance starts within 30 minutes."""

from __future__ import annotations

import pytest
from tests.cast import Cast, a_member, done, duty, triaged
from tests.clauses.telling import (
    duties,
    new_edition,
    outcome,
    retriaged,
    rings,
    rings_in_turn,
    unsatisfied,
    when,
)

from goodword.voice.cases.actions import replying

ID = "WM-2.4a"


@pytest.fixture
def supporter(cast: Cast) -> None:
    """The technology department's supporter 支示例."""
    a_member("支示例", username="supporter", department="technology", roles=("reputation_supporter",))


@pytest.mark.usefixtures("supporter")
def test_half_an_hour_runs_from_triage_and_lateness_climbs(cast: Cast) -> None:
    case = triaged(cast, at=when("2026-01-05 10:00"), severity="urgent")
    assert duty(case, ID).due_at == when("2026-01-05 10:35")
    rings_in_turn(
        cast,
        case,
        ID,
        ("2026-01-05 10:26", "warned supporter"),
        ("2026-01-05 10:35", "breached supporter"),
        ("2026-01-05 10:45", "escalated technology_head"),
        ("2026-01-05 11:05", "escalated lead"),
        ("2026-01-05 12:35", "escalated deputy"),
    )


def test_where_nobody_is_supporter_the_head_of_the_department_hears_of_it(cast: Cast) -> None:
    case = triaged(cast, at=when("2026-01-05 10:00"), severity="urgent")
    assert rings(cast, case, ID, when("2026-01-05 10:26")) == ["warned technology_head"]


def test_guidance_that_begins_meets_it_in_time_or_late_at_any_hour(cast: Cast) -> None:
    case, late = (triaged(cast, at=when("2026-02-16 23:40"), severity="urgent") for _ in range(2))
    replying.start_remote_guidance(case, by=cast.engineer.by, at=when("2026-02-17 00:15"))
    replying.start_remote_guidance(late, by=cast.engineer.by, at=when("2026-02-17 00:16"))
    assert (outcome(duty(case, ID)), outcome(duty(late, ID))) == (("met", False), ("met", True))


@pytest.mark.parametrize("labels", [{"severity": "general"}, {"severity": "urgent", "content": "service"}])
def test_other_feedback_is_not_bound(cast: Cast, labels: dict[str, str]) -> None:
    assert duties(triaged(cast, **labels), ID) == []


def test_what_is_no_fault_of_the_device_leaves_it_and_a_new_round_starts_it_afresh(cast: Cast) -> None:
    case = triaged(cast, severity="urgent")
    retriaged(cast, case, at=when("2026-01-05 10:20"), severity="urgent", content="service")
    assert duties(case, ID) == [(1, 1, "superseded")]
    again = unsatisfied(cast, done(cast, severity="urgent"), at=when("2026-01-06 14:00"))
    assert (duties(again, ID)[-1], duty(again, ID).due_at) == ((2, 1, "open"), when("2026-01-06 14:30"))


def test_a_running_clock_keeps_the_figure_of_its_day(cast: Cast) -> None:
    running = triaged(cast, at=when("2026-01-06 23:50"), severity="urgent")
    new_edition(cast, ID, holds_from="2026-01-07", within="20 min")
    assert duty(running, ID).due_at == when("2026-01-07 00:25")
    fresh = triaged(cast, at=when("2026-01-07 10:00"), severity="urgent")
    assert duty(fresh, ID).due_at == when("2026-01-07 10:25")
