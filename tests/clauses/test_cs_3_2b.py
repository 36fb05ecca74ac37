"""CS-3.2b: a department asked for help answers with a solution or with progress within one working day."""

from __future__ import annotations

import pytest
from tests.cast import Cast, a_member, triaged
from tests.clauses.telling import duties, new_edition, outcome, refused_by, rings_in_turn, when

from goodword.base.people.models import GroupSeat
from goodword.company.channels.models import OutboxMessage
from goodword.engine.obligations.models import Obligation
from goodword.voice.cases.actions import coordinating
from goodword.voice.cases.models import Help

ID = "CS-3.2b"


def asked(cast: Cast, at: str) -> Help:
    """The engineer asks the warehouse for help with a case."""
    return coordinating.ask_help(
        triaged(cast),
        by=cast.engineer.by,
        at=when(at),
        department=cast.department("warehouse"),
        question="备用机今天能出库吗?",
        complex=True,
    )


def owed(help_: Help) -> Obligation:
    """What the department owes."""
    return Obligation.objects.get(subject_type="help", subject_id=str(help_.pk), clause_id=ID)


def test_the_head_is_told_and_a_late_answer_climbs_to_the_committee(cast: Cast) -> None:
    chair = a_member("委示例", username="committee", department="management", roles=())
    GroupSeat.objects.create(group="satisfaction_committee", account=chair.account, seat="leader")
    help_ = asked(cast, "2026-01-05 14:00")
    told = OutboxMessage.objects.get(payload__kind="help.asked")
    assert (told.recipient, told.payload["clause_id"]) == (cast.warehouse_head.account, ID)
    assert owed(help_).due_at == when("2026-01-06 18:00")
    rings_in_turn(
        cast,
        help_,
        ID,
        ("2026-01-06 14:06", "warned warehouse_head"),
        ("2026-01-06 18:00", "breached warehouse_head"),
        ("2026-01-07 11:00", "escalated lead"),
        ("2026-01-07 18:00", "escalated committee"),
    )


@pytest.mark.parametrize(
    ("at", "due"),
    [
        ("2026-01-09 16:00", "2026-01-12 18:00"),
        ("2026-02-13 16:00", "2026-02-14 18:00"),
        ("2026-02-14 16:00", "2026-02-24 18:00"),
    ],
)
def test_weekends_and_the_spring_festival_are_skipped(cast: Cast, at: str, due: str) -> None:
    assert owed(asked(cast, at)).due_at == when(due)


@pytest.mark.parametrize("kind", ["solution", "progress"])
def test_a_solution_or_at_least_progress_meets_it_in_time_or_late(cast: Cast, kind: str) -> None:
    help_, late = (asked(cast, "2026-01-05 14:00") for _ in range(2))
    answer = {"by": cast.warehouse_head.by, "kind": kind, "text": "下午四点出库。"}
    coordinating.answer_help(help_, at=when("2026-01-06 18:00"), **answer)
    coordinating.answer_help(late, at=when("2026-01-06 18:01"), **answer)
    assert (outcome(owed(help_)), outcome(owed(late))) == (("met", False), ("met", True))


def test_help_no_longer_wanted_is_no_longer_owed(cast: Cast) -> None:
    help_ = asked(cast, "2026-01-05 14:00")
    coordinating.withdraw_help(help_, by=cast.engineer.by, at=when("2026-01-05 15:00"))
    assert duties(help_, ID) == [(1, 1, "released")]
    with refused_by(ID):
        coordinating.answer_help(
            help_, by=cast.warehouse_head.by, at=when("2026-01-05 16:00"), kind="solution", text="已出库。"
        )


def test_the_company_may_set_another_time_for_later_requests(cast: Cast) -> None:
    running = asked(cast, "2026-01-06 14:00")
    new_edition(cast, ID, holds_from="2026-01-07", default="4 wh")
    assert owed(running).due_at == when("2026-01-07 18:00")
    assert owed(asked(cast, "2026-01-07 16:00")).due_at == when("2026-01-08 11:00")
