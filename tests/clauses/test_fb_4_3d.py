"""FB-4.3d: customer service calls back within three working days of completion."""

from __future__ import annotations

import pytest
from tests.cast import Cast, done, duty, next_round_done
from tests.clauses.telling import duties, new_edition, outcome, refused_by, rings_in_turn, unsatisfied, when

from goodword.base.core.errors import Invalid
from goodword.company.channels.models import OutboxMessage
from goodword.voice.cases.actions import callback

ID = "FB-4.3d"


def test_three_working_days_run_from_done_and_lateness_climbs(cast: Cast) -> None:
    case = done(cast, at=when("2026-01-05 10:00"))
    asked = OutboxMessage.objects.filter(recipient=cast.callback.account, payload__kind="case.done")
    assert [each.payload["clause_id"] for each in asked] == [ID]
    assert duty(case, ID).due_at == when("2026-01-08 18:00")
    rings_in_turn(
        cast,
        case,
        ID,
        ("2026-01-07 16:57", "warned callback"),
        ("2026-01-08 18:00", "breached callback"),
        ("2026-01-09 11:00", "escalated lead"),
        ("2026-01-09 18:00", "escalated lead"),
        ("2026-01-13 18:00", "escalated deputy"),
    )


def test_the_spring_festival_is_skipped_and_the_working_saturday_counts(cast: Cast) -> None:
    assert duty(done(cast, at=when("2026-02-13 10:00")), ID).due_at == when("2026-02-25 18:00")


def test_both_questions_are_asked_and_answered_in_time_or_late(cast: Cast) -> None:
    case, late = (done(cast, at=when("2026-01-05 10:00")) for _ in range(2))
    by = cast.callback.by
    said = callback.call_back(case, by=by, at=when("2026-01-08 18:00"), solved=True, satisfaction=4)
    assert (said.solved, said.satisfaction, said.satisfied) == (True, 4, True)
    callback.call_back(late, by=by, at=when("2026-01-08 18:01"), solved=True, satisfaction=5)
    assert (outcome(duty(case, ID)), outcome(duty(late, ID))) == (("met", False), ("met", True))
    with pytest.raises(Invalid) as wrong:
        callback.call_back(done(cast), by=by, at=when("2026-01-08 10:00"), solved=True, satisfaction=6)
    assert wrong.value.clauses == (ID,)


def test_who_is_not_reached_is_rung_three_times_before_it_is_given_up(cast: Cast) -> None:
    case, by = done(cast, at=when("2026-01-05 10:00")), cast.callback.by
    for day in (6, 7):
        callback.attempt(case, by=by, at=when(f"2026-01-0{day} 10:00"))
    with refused_by(ID):
        callback.give_up(case, by=by, at=when("2026-01-07 10:01"))
    assert outcome(duty(case, ID)) == ("open", False)
    callback.attempt(case, by=by, at=when("2026-01-08 10:00"))
    assert callback.give_up(case, by=by, at=when("2026-01-08 10:01")).outcome == "unreachable"
    assert outcome(duty(case, ID)) == ("met", False)


def test_each_round_has_its_own_callback(cast: Cast) -> None:
    case = unsatisfied(cast, done(cast), at=when("2026-01-06 14:00"))
    next_round_done(cast, case, at=when("2026-01-07 10:00"))
    assert duties(case, ID) == [(1, 1, "met"), (2, 1, "open")]
    assert duty(case, ID).due_at == when("2026-01-12 18:00")


def test_a_running_clock_keeps_the_figure_of_its_day(cast: Cast) -> None:
    running = done(cast, at=when("2026-01-06 10:00"))
    new_edition(cast, ID, holds_from="2026-01-07", within="1 wd")
    assert duty(running, ID).due_at == when("2026-01-09 18:00")
    assert duty(done(cast, at=when("2026-01-07 10:00")), ID).due_at == when("2026-01-08 18:00")
