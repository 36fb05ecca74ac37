"""FB-4.2f: a supervisor steps in when the customer declines; compensation above one's limit is approved first."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.cast import Cast, Member, a_member, a_solution, communicated, investigated
from tests.clauses.telling import new_edition, refused_by, when

from goodword.base.people.queries import actor_for
from goodword.company.channels.models import OutboxMessage
from goodword.voice.cases.actions import compensation, solving
from goodword.voice.cases.models import Case, Solution

ID = "FB-4.2f"


def offer(
    cast: Cast, case: Case, amount: str, *, by: Member | None = None, at: str = "2026-01-05 10:40"
) -> Solution:
    """A voucher of so many yuan."""
    money = {"compensation_kind": "voucher", "compensation_amount": Decimal(amount)}
    return a_solution(cast, case, at=when(at), by=by.by if by else None, **money)


def notices(member: Member, kind: str) -> int:
    """How often somebody was told under this clause."""
    rows = OutboxMessage.objects.filter(recipient=member.account, payload__kind=kind, payload__clause_id=ID)
    return rows.count()


def test_within_the_writers_limit_nobody_need_be_asked(cast: Cast) -> None:
    assert offer(cast, investigated(cast), "200").approval == "unneeded"


def test_above_it_nothing_is_said_to_the_customer_before_the_right_person_approves(cast: Cast) -> None:
    solution = offer(cast, investigated(cast), "800")
    assert (solution.approval, solution.approver_role) == ("needed", "department_head")
    assert notices(cast.technology_head, "case.solution_proposed") == 1
    talk = {"by": cast.engineer.by, "at": when("2026-01-05 11:00"), "channel": "hotline"}
    with refused_by(ID):
        solving.communicate(solution, **talk)
    compensation.decide(solution, by=cast.technology_head.by, at=when("2026-01-05 10:50"), approved=True)
    assert notices(cast.engineer, "case.solution_approved") == 1
    assert solving.communicate(solution, **talk).communicated_at == when("2026-01-05 11:00")


def test_nobody_approves_his_own_not_even_through_a_second_account(cast: Cast) -> None:
    solution = offer(cast, investigated(cast), "1500", by=cast.technology_head)
    at = when("2026-01-05 10:50")
    second = a_member(
        "吴主任",
        username="wu2",
        department="management",
        roles=("deputy_general_manager",),
        person=cast.technology_head.person,
    )
    for by in (cast.technology_head.by, actor_for(second.account, at=at)):
        with refused_by(ID) as refusal:
            compensation.decide(solution, by=by, at=at, approved=True)
        assert "副总经理" in refusal.value.cure_zh
    assert (
        compensation.decide(solution, by=cast.deputy.by, at=at, approved=True).decided_by
        == cast.deputy.account
    )


def test_whose_own_limit_does_not_suffice_cannot_approve(cast: Cast) -> None:
    solution = offer(cast, investigated(cast), "800")
    with refused_by(ID):
        compensation.decide(solution, by=cast.lead.by, at=when("2026-01-05 10:50"), approved=True)


def test_a_declined_solution_calls_the_supervisor_who_must_put_forward_or_approve_the_next(
    cast: Cast,
) -> None:
    case = communicated(cast)
    solving.customer_answers(
        case.solutions.get(),
        by=cast.engineer.by,
        at=when("2026-01-05 11:00"),
        accepted=False,
        note="不想换机",
    )
    case.refresh_from_db()
    assert (case.state, case.supervisor_needed) == ("investigating", True)
    assert notices(cast.technology_head, "case.solution_declined") == 1
    assert offer(cast, case, "0", at="2026-01-05 11:10").approver_role == "department_head"
    mine = offer(cast, case, "0", by=cast.technology_head, at="2026-01-05 11:20")
    assert (mine.approval, mine.version) == ("unneeded", 3)


@pytest.mark.parametrize(("day", "approval"), [("2026-01-06", "unneeded"), ("2026-01-07", "needed")])
def test_limits_are_the_companys_to_set_from_a_day_on(cast: Cast, day: str, approval: str) -> None:
    limits = {"engineer": 100, "department_head": 1000}
    new_edition(cast, ID, holds_from="2026-01-07", limits=limits)
    case = investigated(cast, at=when(f"{day} 10:00"))
    assert offer(cast, case, "150", at=f"{day} 10:40").approval == approval
