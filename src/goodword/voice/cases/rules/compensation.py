"""FB-4.2f: how much each role may give in one case, and who decides above that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, Sum

from goodword.base.core.asking import asked_often
from goodword.base.core.clock import local_day
from goodword.base.core.errors import Refused
from goodword.base.people.actors import Actor
from goodword.base.people.roles import ROLES
from goodword.engine.policy.queries import values_of

from ..models import Case, Solution

CLAUSE = "FB-4.2f"
NO_LIMIT = Decimal("Infinity")


def granted(case: Case) -> Decimal:
    """What the customer has accepted in this case so far: a limit holds for the case, not for each solution."""
    return case.solutions.filter(answer="accepted").aggregate(sum=Sum("compensation_amount"))[
        "sum"
    ] or Decimal(0)


@asked_often
def _accepted(cases: Sequence[UUID]) -> QuerySet[Solution, tuple[Any, ...]]:
    return Solution.objects.filter(case__in=cases, answer="accepted").values_list(
        "case", "compensation_amount"
    )


def _granted_in(cases: Sequence[UUID]) -> dict[UUID, Decimal]:
    """As `granted`, for several cases. One query."""
    given: dict[UUID, Decimal] = {}
    for case, amount in _accepted(cases):
        given[case] = given.get(case, Decimal(0)) + amount
    return given


def limit_of(by: Actor, case: Case, *, at: datetime) -> Decimal:
    """The most `by` may give in this case: the highest limit of the roles that reach it."""
    return _limit_of(by, case, _values(at))


def _limit_of(by: Actor, case: Case, values: Mapping[str, Any]) -> Decimal:
    return max((_limit(role, values) for role in _roles_for(by, case)), default=Decimal(0))


def approver_for(case: Case, amount: Decimal, *, by: Actor, at: datetime) -> str:
    """The role that must approve `amount` on top of what was granted; "" when `by` may give it alone.

    The smallest role that approves and whose limit suffices, else the policy's `above`. After a declined solution
    a supervisor steps in: whoever is none needs one's approval, whatever the amount.
    """
    total = granted(case) + amount
    if amount and total > limit_of(by, case, at=at):
        return _smallest_role_for(total, _values(at))
    if case.supervisor_needed and not by.has("cases.approve", department=_department(case)):
        return str(_values(at)["supervisor"])
    return ""


def may_decide(solution: Solution, by: Actor, *, at: datetime) -> Refused | None:
    """Why `by` may not decide on this solution; None when nothing forbids it."""
    return _why_not(solution, by, granted(solution.case), _values(at))


def decidable(solutions: Sequence[Solution], by: Actor, *, at: datetime) -> list[Solution]:
    """Those of the solutions on which nothing forbids `by` to decide; their cases and proposers are read already.
    Two queries, however many."""
    values, given = _values(at), _granted_in([solution.case_id for solution in solutions])
    return [one for one in solutions if _why_not(one, by, given.get(one.case_id, Decimal(0)), values) is None]


def _why_not(solution: Solution, by: Actor, given: Decimal, values: Mapping[str, Any]) -> Refused | None:
    """given: what the customer has accepted in the case so far."""
    case = solution.case
    if solution.proposed_by_id == by.account_id or solution.proposed_by.person_id == by.person_id:
        return _refusal("自己提出的方案不能自己审批。", "Nobody approves a solution of their own.", solution)
    if solution.approver_role in _roles_for(by, case):
        return None
    if given + solution.compensation_amount > _limit_of(by, case, values):
        return _refusal("这笔补偿超出您的审批额度。", "This compensation is above your limit.", solution)
    return None


def _refusal(zh: str, en: str, solution: Solution) -> Refused:
    role = ROLES.get(solution.approver_role)
    cure = (f"请由{role.zh}审批。", f"The {role.en.lower()} decides.") if role else ("", "")
    return Refused(zh, en, clauses=(CLAUSE,), cure_zh=cure[0], cure_en=cure[1])


def _roles_for(by: Actor, case: Case) -> frozenset[str]:
    """The roles of `by` that reach this case: held company-wide, or in its department."""
    home = _department(case)
    return frozenset(role for role, department in by.grants if ROLES[role].company_wide or department == home)


def _department(case: Case) -> str:
    return case.responsible.code if case.responsible else "service"


def _limit(role: str, values: Mapping[str, Any]) -> Decimal:
    if role == values["above"]:
        return NO_LIMIT
    return Decimal(str(values["limits"].get(role, 0)))


def _smallest_role_for(total: Decimal, values: Mapping[str, Any]) -> str:
    enough = [
        (Decimal(str(limit)), role)
        for role, limit in values["limits"].items()
        if Decimal(str(limit)) >= total and "cases.approve" in ROLES[role].rights
    ]
    return min(enough)[1] if enough else str(values["above"])


def _values(at: datetime) -> Mapping[str, Any]:
    return values_of(CLAUSE, on=local_day(at))
