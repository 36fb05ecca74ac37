"""A solution: put forward, discussed with the customer, accepted or declined (FB-4.2a to FB-4.2f)."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from goodword.base.core.errors import Invalid, Refused, Stale
from goodword.base.core.transactions import one_fact
from goodword.base.people.actors import Actor
from goodword.engine.journal.recording import record

from .. import states
from ..kinds import SOLUTION_ACCEPTED, SOLUTION_COMMUNICATED, SOLUTION_DECLINED, SOLUTION_PROPOSED
from ..models import Case, Solution
from ..rules.compensation import approver_for
from ..rules.solution import Offer, may_propose
from ._ground import change, handled, lock, move, require_reach, require_state
from .replying import clean, customer_is_back, write_out

TALKED = ("FB-4.2c", "FB-4.2d")


def propose(
    case: Case,
    *,
    by: Actor,
    at: datetime,
    type: str,  # noqa: A002  (what people call it; the column's name)
    what: str,
    deadline_at: datetime,
    acceptance: str,
    compensation_kind: str = "",
    compensation_amount: Decimal = Decimal(0),
) -> Solution:
    """Put a solution forward; a further version while the customer has not answered the one before.

    compensation_amount: CNY, for the whole case. Above the writer's limit, or when a supervisor is needed after a
    declined solution and the writer is none, it waits for approval (FB-4.2f).
    Effects: the solution; state proposed; `case.solution_proposed`.
    Raises Forbidden, Refused with FB-4.1e, FB-4.1f, FB-4.2a, FB-4.2b or FB-4.2f.
    """
    require_reach(case, "cases.solve", by)
    offer = Offer(
        type, clean(what), deadline_at, clean(acceptance), clean(compensation_kind), compensation_amount
    )
    with one_fact():
        lock(case)
        require_state(case, states.INVESTIGATING, states.PROPOSED)
        if refusal := may_propose(case, offer, at=at):
            raise refusal
        solution = _write(case, offer, approver_for(case, compensation_amount, by=by, at=at), by=by, at=at)
        move(case, states.PROPOSED, at=at)
        handled(case, by=by, act="proposed", at=at)
        facts = {"solution": str(solution.pk), "type": type, "approval": solution.approval}
        record(SOLUTION_PROPOSED, case.pk, by=by, at=at, facts={**facts, "amount": str(compensation_amount)})
    return solution


def _write(case: Case, offer: Offer, approver_role: str, *, by: Actor, at: datetime) -> Solution:
    versions = case.solutions.filter(round_no=case.round_no).values_list("version", flat=True)
    return Solution.objects.create(
        case=case,
        round_no=case.round_no,
        version=max(versions, default=0) + 1,
        type=offer.type,
        what=offer.what,
        deadline_at=offer.deadline_at,
        acceptance=offer.acceptance,
        compensation_kind=offer.compensation_kind,
        compensation_amount=offer.compensation_amount,
        approval="needed" if approver_role else "unneeded",
        approver_role=approver_role,
        proposed_by_id=by.staff_id,
        proposed_at=at,
    )


def communicate(
    solution: Solution, *, by: Actor, at: datetime, channel: str, text: str = "", anyway: bool = False
) -> Solution:
    """Discuss a solution with the customer; text: the words sent, where it was written. Again, when they talk again.

    Effects: when, by whom and how first; the message; `case.solution_communicated` (meets FB-4.2c, FB-4.2d).
    Raises Forbidden, Refused while it waits for approval, was not approved or a later version took its place;
    PhraseWarning (FB-4.2e) unless `anyway`.
    """
    case = solution.case
    require_reach(case, "cases.reply", by)
    if not channel.strip():
        raise Invalid("请选择沟通方式。", "Choose the channel.", fields={"channel": "必选 / required"})
    with one_fact():
        require_standing(solution)
        if solution.approval not in {"unneeded", "approved"}:
            raise Refused(
                "方案获批之前不能与客户沟通。",
                "The solution must be approved before it is discussed with the customer.",
                clauses=("FB-4.2f",),
                cure_zh="请先报批,或另提一个方案。",
                cure_en="Have it approved first, or put another one forward.",
            )
        facts: dict[str, Any] = {"solution": str(solution.pk), "channel": channel}
        if clean(text):
            facts["message"] = write_out(
                case, by=by, at=at, text=text, purpose="solution", channel=channel, anyway=anyway
            ).pk
        if solution.communicated_at is None:
            first = {"communicated_by_id": by.account_id, "communicated_at": at, "communicated_via": channel}
            Solution.objects.filter(pk=solution.pk).update(**first)
            reread(solution, case)
        change(case, at=at)
        handled(case, by=by, act="communicated", at=at)
        record(SOLUTION_COMMUNICATED, case.pk, by=by, at=at, facts=facts)
    return solution


def customer_answers(
    solution: Solution, *, by: Actor, at: datetime, accepted: bool, note: str = ""
) -> Solution:
    """Take the customer's answer: from staff with cases.reply, or from the CUSTOMER at the portal.

    Effects: the answer; a wait for the customer ends; accepted: state agreed, `case.solution_accepted`; declined:
    back to investigating with a supervisor needed (FB-4.2f), `case.solution_declined`, whose reaction tells the head.
    Raises Forbidden, Invalid for staff who write down no reason of a refusal, Refused before it was discussed.
    """
    case, note = solution.case, clean(note)
    if by.kind != "customer":
        require_reach(case, "cases.reply", by)
        if not accepted and not note:
            raise Invalid(
                "请记下客户为什么不接受。",
                "Write down why it was declined.",
                fields={"note": "必填 / required"},
            )
    with one_fact():
        require_standing(solution)
        if solution.communicated_at is None:
            raise Refused(
                "方案还没有与客户沟通过。",
                "The solution has not been discussed with the customer yet.",
                clauses=TALKED,
                cure_zh="请先沟通方案。",
                cure_en="Discuss it first.",
            )
        answer = "accepted" if accepted else "declined"
        if not Solution.objects.filter(pk=solution.pk, answer="none").update(
            answer=answer, answered_at=at, answer_note=note
        ):
            raise Stale("客户的答复已经记录过了。", "The customer's answer has been recorded already.")
        reread(solution, case)
        customer_is_back(case, by=by, at=at)
        move(case, states.AGREED if accepted else states.INVESTIGATING, at=at, supervisor_needed=not accepted)
        handled(case, by=by, act="took_answer", at=at)
        kind = SOLUTION_ACCEPTED if accepted else SOLUTION_DECLINED
        record(kind, case.pk, by=by, at=at, facts={"solution": str(solution.pk)})
    return solution


def require_standing(solution: Solution) -> Case:
    """Lock the case and read the solution afresh; raise Refused unless it is the one that stands now. Returns the case."""
    case = lock(solution.case)
    require_state(case, states.PROPOSED)
    reread(solution, case)
    later = case.solutions.filter(round_no__gte=solution.round_no).exclude(pk=solution.pk)
    if solution.round_no != case.round_no or later.filter(version__gt=solution.version).exists():
        raise Refused(
            "这个方案已被新的方案取代。",
            "A later version has taken the place of this solution.",
            clauses=("FB-4.2b",),
            cure_zh="请按最新方案办理。",
            cure_en="Go on with the latest one.",
        )
    return case


def reread(solution: Solution, case: Case) -> None:
    """The solution as it is now, still holding the caller's case."""
    solution.refresh_from_db()
    solution.case = case
