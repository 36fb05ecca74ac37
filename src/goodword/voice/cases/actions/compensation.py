"""Approval of a solution above its writer's limit, or after a declined one (FB-4.2f)."""

from __future__ import annotations

from datetime import datetime

from goodword.base.core.errors import Invalid, Stale
from goodword.base.core.transactions import one_fact
from goodword.base.people.actors import Actor
from goodword.engine.journal.recording import record

from .. import states
from ..kinds import SOLUTION_APPROVED, SOLUTION_REFUSED
from ..models import Solution
from ..rules.compensation import may_decide
from ._ground import change, handled, move, require_reach
from .replying import clean
from .solving import require_standing, reread


def decide(solution: Solution, *, by: Actor, at: datetime, approved: bool, note: str = "") -> Solution:
    """Approve a solution that needs it, or refuse it with a reason.

    Effects: the decision; refused: the case goes back to investigating for another solution;
    `case.solution_approved` or `case.solution_refused`.
    Raises Forbidden, Invalid for a refusal without reason, Refused (FB-4.2f) for the writer, another account of the
    writer, or whose limit does not suffice; Stale when it was decided meanwhile.
    """
    account_id, note = by.staff_id, clean(note)
    require_reach(solution.case, "cases.approve", by)
    if not approved and not note:
        raise Invalid("请写明不批准的理由。", "Say why it is refused.", fields={"note": "必填 / required"})
    with one_fact():
        case = require_standing(solution)
        if refusal := may_decide(solution, by, at=at):
            raise refusal
        decided = Solution.objects.filter(pk=solution.pk, approval="needed").update(
            approval="approved" if approved else "refused",
            decided_by=account_id,
            decided_at=at,
            decision_note=note,
        )
        if not decided:
            raise Stale(
                "这个方案不需要审批,或已经审批过了。", "This solution needs no decision, or has had it."
            )
        reread(solution, case)
        if approved:
            change(case, at=at)
        else:
            move(case, states.INVESTIGATING, at=at)
        handled(case, by=by, act="decided", at=at)
        facts = {"solution": str(solution.pk), "amount": str(solution.compensation_amount)}
        record(SOLUTION_APPROVED if approved else SOLUTION_REFUSED, case.pk, by=by, at=at, facts=facts)
    return solution
