"""SU-4b: every complaint is handled in time; the figure stands on the list behind it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.cast import Cast, done, started, triaged
from tests.clauses.telling import new_edition, when

from goodword.engine.obligations.actions.waiving import waive
from goodword.engine.obligations.models import Obligation
from goodword.engine.obligations.ticking import tick
from goodword.engine.policy.queries import all_clauses
from goodword.voice.cases.actions import withdrawing
from goodword.voice.cases.queries.goals import Figure, complaints_in_time

ID = "SU-4b"
MONDAY = (when("2026-01-05 00:00"), when("2026-01-06 00:00"))


def test_the_goal_is_all_of_them_by_the_clauses_that_time_a_complaint() -> None:
    values = all_clauses()[ID].values
    assert values["complaints_in_time"] == "100%"
    assert all(all_clauses()[clause].binding for clause in values["clauses"])


@pytest.mark.django_db
def test_where_there_is_nothing_to_count_there_is_no_share() -> None:
    assert complaints_in_time(*MONDAY) == Figure(0, 0, None, None, None)


def test_in_time_late_and_undecided_each_with_their_list(cast: Cast) -> None:
    in_time = [done(cast).pk for _ in range(3)]
    late, undecided = triaged(cast), started(cast)
    late_at = Obligation.objects.get(subject_id=str(late.pk), clause_id="FB-4.1b").due_at
    tick(now=late_at + timedelta(minutes=1))
    figure = complaints_in_time(*MONDAY)
    assert (figure.n, figure.good, figure.share) == (4, 3, 0.75)
    assert (figure.in_time, figure.late, figure.undecided) == (tuple(in_time), (late.pk,), (undecided.pk,))
    assert (round(figure.low or 0, 3), round(figure.high or 0, 3)) == (0.301, 0.954)


def test_late_stays_late_when_it_is_done_afterwards_and_a_waiver_takes_it_out(cast: Cast) -> None:
    late, waived = triaged(cast), triaged(cast)
    tick(now=when("2026-01-06 10:06"))
    for owed in Obligation.objects.filter(subject_id=str(waived.pk), state="open"):
        waive(owed, by=cast.deputy.by, at=when("2026-01-06 11:00"), reason="客户失联,经核实")
    assert complaints_in_time(*MONDAY).late == (late.pk,)


def test_only_complaints_of_the_time_that_were_not_withdrawn_count(cast: Cast) -> None:
    gone = triaged(cast)
    withdrawing.withdraw(gone, by=cast.intake.by, at=when("2026-01-05 10:30"), reason="客户说不用了")
    done(cast, kind="request")
    done(cast, at=when("2026-01-06 00:00"))
    assert complaints_in_time(*MONDAY).n == 0


def test_which_clauses_count_is_the_companys_to_say(cast: Cast) -> None:
    late = triaged(cast, at=when("2026-01-07 10:00"))
    tick(now=when("2026-01-08 10:06"))
    wednesday = (when("2026-01-07 00:00"), when("2026-01-08 00:00"))
    assert complaints_in_time(*wednesday).late == (late.pk,)
    new_edition(cast, ID, holds_from="2026-01-08", clauses=["FB-4.3b"])
    figure = complaints_in_time(*wednesday)
    assert (figure.late, figure.undecided) == ((), (late.pk,))
