"""Compensation: limits by role, for the whole case, and approval by somebody else above them."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from tests.cast import Cast, Member, a_member, a_solution, done, find_out, investigated, started, told

from goodword.base.core.errors import Forbidden, Invalid, Refused, Stale
from goodword.base.people.actors import SYSTEM
from goodword.company.channels.models import OutboxMessage
from goodword.voice.cases.actions import callback, carrying_out, compensation, investigating, solving
from goodword.voice.cases.models import Case, Solution
from goodword.voice.cases.rules.compensation import granted, limit_of

HOUR = timedelta(hours=1)


def offering(cast: Cast, case: Case, amount: str, *, at: Any = None, by: Member | None = None) -> Solution:
    """A solution with a voucher of that amount."""
    return a_solution(
        cast,
        case,
        at=at,
        by=by.by if by else None,
        compensation_kind="voucher",
        compensation_amount=Decimal(amount),
    )


@pytest.mark.parametrize(
    ("amount", "approval", "role"),
    [
        ("200", "unneeded", ""),
        ("200.01", "needed", "service_lead"),
        ("500", "needed", "service_lead"),
        ("500.01", "needed", "department_head"),
        ("1000.01", "needed", "deputy_general_manager"),
        ("5000.01", "needed", "general_manager"),
    ],
)
def test_above_the_engineers_limit_the_smallest_role_that_suffices_approves(
    cast: Cast, amount: str, approval: str, role: str
) -> None:
    solution = offering(cast, investigated(cast), amount)
    assert (solution.approval, solution.approver_role) == (approval, role)


def test_a_head_gives_more_alone_in_his_own_department_only(cast: Cast) -> None:
    case = investigated(cast)
    assert limit_of(cast.technology_head.by, case, at=cast.at) == 1000
    assert limit_of(cast.warehouse_head.by, case, at=cast.at) == 0
    assert limit_of(cast.deputy.by, case, at=cast.at) == 5000
    assert offering(cast, case, "1000", by=cast.technology_head).approval == "unneeded"


def test_the_limit_holds_for_the_case_not_for_each_round(cast: Cast) -> None:
    case = started(cast)
    find_out(cast, case, at=cast.at)
    first = offering(cast, case, "150")
    solving.communicate(first, by=cast.engineer.by, at=cast.at + HOUR, channel="hotline")
    solving.customer_answers(first, by=cast.engineer.by, at=cast.at + HOUR, accepted=True)
    case.refresh_from_db()
    steps = [{"what": "发券"}]
    carrying_out.start(case, by=cast.engineer.by, at=cast.at + HOUR, steps=steps)
    carrying_out.complete_step(case.steps.get(), by=cast.engineer.by, at=cast.at + HOUR)
    carrying_out.finish(case, by=cast.engineer.by, at=cast.at + HOUR)
    callback.call_back(case, by=cast.callback.by, at=cast.at + 2 * HOUR, solved=False, satisfaction=2)
    case.refresh_from_db()
    investigating.start(case, by=cast.engineer.by, at=cast.at + 2 * HOUR)
    find_out(cast, case, at=cast.at + 2 * HOUR)
    assert granted(case) == 150
    assert offering(cast, case, "100", at=cast.at + 3 * HOUR).approver_role == "service_lead"
    assert offering(cast, case, "50", at=cast.at + 3 * HOUR).approval == "unneeded"


def test_the_approver_is_told_and_then_the_writer(cast: Cast) -> None:
    def notices(member: Member) -> int:
        return OutboxMessage.objects.filter(recipient=member.account).count()

    case = investigated(cast)
    approver, writer = notices(cast.technology_head), notices(cast.engineer)
    solution = offering(cast, case, "800")
    assert notices(cast.technology_head) == approver + 1
    compensation.decide(solution, by=cast.technology_head.by, at=cast.at + HOUR, approved=True)
    assert notices(cast.engineer) == writer + 1


def test_an_approved_solution_may_be_discussed_and_before_that_not(cast: Cast) -> None:
    case = investigated(cast)
    solution = offering(cast, case, "800")
    talk: dict[str, Any] = {"by": cast.engineer.by, "at": cast.at + HOUR, "channel": "hotline"}
    with pytest.raises(Refused) as caught:
        solving.communicate(solution, **talk)
    assert caught.value.clauses == ("FB-4.2f",)
    compensation.decide(solution, by=cast.technology_head.by, at=cast.at + HOUR, approved=True)
    assert (solution.approval, solution.decided_by) == ("approved", cast.technology_head.account)
    assert told(case, "case.solution_approved") == {"solution": str(solution.pk), "amount": "800.00"}
    assert solving.communicate(solution, **talk).communicated_at == cast.at + HOUR


def test_a_refused_solution_goes_back_for_another(cast: Cast) -> None:
    case = investigated(cast)
    solution = offering(cast, case, "800")
    with pytest.raises(Invalid):
        compensation.decide(solution, by=cast.technology_head.by, at=cast.at + HOUR, approved=False)
    compensation.decide(
        solution, by=cast.technology_head.by, at=cast.at + HOUR, approved=False, note="换机已足够"
    )
    case.refresh_from_db()
    assert (case.state, solution.approval, solution.decision_note) == (
        "investigating",
        "refused",
        "换机已足够",
    )
    assert told(case, "case.solution_refused")["solution"] == str(solution.pk)
    assert a_solution(cast, case, at=cast.at + HOUR).version == 2


def test_nobody_approves_his_own_solution_not_even_by_another_account(cast: Cast) -> None:
    case = investigated(cast)
    solution = offering(cast, case, "3000", by=cast.technology_head)
    twin = a_member(
        "吴主任",
        username="wu2",
        department="management",
        roles=("deputy_general_manager",),
        person=cast.technology_head.person,
    )
    for by in (cast.technology_head.by, twin.by):
        with pytest.raises(Refused) as caught:
            compensation.decide(solution, by=by, at=cast.at + HOUR, approved=True)
        assert caught.value.clauses == ("FB-4.2f",)
        assert "副总经理" in caught.value.cure_zh


def test_the_database_itself_refuses_a_writer_who_decides(cast: Cast) -> None:
    solution = offering(cast, investigated(cast), "800")
    with pytest.raises(IntegrityError), transaction.atomic():
        Solution.objects.filter(pk=solution.pk).update(decided_by=solution.proposed_by)


def test_whose_limit_does_not_suffice_does_not_approve(cast: Cast) -> None:
    solution = offering(cast, investigated(cast), "3000")
    with pytest.raises(Refused) as caught:
        compensation.decide(solution, by=cast.technology_head.by, at=cast.at + HOUR, approved=True)
    assert caught.value.clauses == ("FB-4.2f",)
    assert (
        compensation.decide(solution, by=cast.deputy.by, at=cast.at + HOUR, approved=True).approval
        == "approved"
    )


def test_a_larger_limit_may_decide_in_place_of_the_smaller(cast: Cast) -> None:
    solution = offering(cast, investigated(cast), "300")
    assert solution.approver_role == "service_lead"
    assert (
        compensation.decide(solution, by=cast.deputy.by, at=cast.at + HOUR, approved=True).approval
        == "approved"
    )


def test_only_approvers_of_the_department_decide(cast: Cast) -> None:
    solution = offering(cast, investigated(cast), "300")
    for by in (cast.intake.by, cast.warehouse_head.by, SYSTEM):
        with pytest.raises(Forbidden):
            compensation.decide(solution, by=by, at=cast.at + HOUR, approved=True)


def test_a_decision_is_made_once_and_only_where_it_is_needed(cast: Cast) -> None:
    case = investigated(cast)
    unneeded = offering(cast, case, "100")
    with pytest.raises(Stale):
        compensation.decide(unneeded, by=cast.technology_head.by, at=cast.at + HOUR, approved=True)
    needed = offering(cast, case, "300")
    again = Solution.objects.get(pk=needed.pk)
    compensation.decide(needed, by=cast.technology_head.by, at=cast.at + HOUR, approved=True)
    with pytest.raises(Stale):
        compensation.decide(again, by=cast.technology_head.by, at=cast.at + HOUR, approved=False, note="晚了")


def test_a_later_version_leaves_nothing_to_decide_on_the_earlier(cast: Cast) -> None:
    case = investigated(cast)
    first = offering(cast, case, "800")
    offering(cast, case, "100")
    with pytest.raises(Refused) as caught:
        compensation.decide(first, by=cast.technology_head.by, at=cast.at + HOUR, approved=True)
    assert caught.value.clauses == ("FB-4.2b",)


def test_a_done_case_grants_what_was_accepted(cast: Cast) -> None:
    assert granted(done(cast)) == 0
