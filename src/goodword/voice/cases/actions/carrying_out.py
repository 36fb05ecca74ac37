"""Carrying out what was agreed: steps with owner and time, progress told (FB-4.3c), done (FB-4.3a, FB-4.3b)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from goodword.base.core.errors import Invalid, Refused, Stale
from goodword.base.core.transactions import one_fact
from goodword.base.people.actors import Actor
from goodword.engine.journal.recording import record

from .. import states
from ..kinds import CARRYING_OUT_STARTED, DONE, STEP_DONE
from ..models import Case, Message, Note, Round, Step
from ._ground import change, handled, lock, move, require_reach, require_state
from .replying import clean, customer_is_back, reply


def start(case: Case, *, by: Actor, at: datetime, steps: Sequence[dict[str, Any]]) -> Case:
    """Begin to carry out the accepted solution.

    steps: at least one of {"what": text, "owner": Account or None, "due_at": moment or None}, in order.
    Effects: the steps; state carrying out; `case.carrying_out_started` (meets FB-4.3a, starts FB-4.3c).
    Raises Forbidden, Invalid, Refused unless the customer has agreed.
    """
    require_reach(case, "cases.carry_out", by)
    _check(steps)
    with one_fact():
        lock(case)
        require_state(case, states.AGREED)
        Step.objects.bulk_create(
            Step(
                case=case,
                round_no=case.round_no,
                number=number,
                what=clean(step["what"]),
                owner=step.get("owner"),
                due_at=step.get("due_at"),
            )
            for number, step in enumerate(steps, start=1)
        )
        move(case, states.CARRYING_OUT, at=at)
        Round.objects.filter(case=case, number=case.round_no).update(carrying_out_at=at)
        handled(case, by=by, act="carried_out", at=at)
        record(CARRYING_OUT_STARTED, case.pk, by=by, at=at, facts={"steps": len(steps)})
    return case


def complete_step(step: Step, *, by: Actor, at: datetime, proof: str = "") -> Step:
    """Tick off one step: its owner, or whoever carries the case out. proof: what shows that it is done.

    Effects: the step; `case.step_done`. Raises Forbidden, Refused when the case is not being carried out in the
    step's round, Stale when the step is done already.
    """
    case = step.case
    if step.owner_id is not None and step.owner_id == by.account_id:
        by.require("cases.carry_out")
    else:
        require_reach(case, "cases.carry_out", by)
    with one_fact():
        lock(case)
        require_state(case, states.CARRYING_OUT)
        ticked = Step.objects.filter(pk=step.pk, round_no=case.round_no, done_at=None).update(
            done_at=at, done_by=by.account_id, proof=clean(proof)
        )
        if not ticked:
            raise Stale("这一步已经完成过了。", "This step is done already.")
        step.refresh_from_db()
        change(case, at=at)
        handled(case, by=by, act="carried_out", at=at)
        record(STEP_DONE, case.pk, by=by, at=at, facts={"step": step.pk})
    return step


def tell_progress(
    case: Case, *, by: Actor, at: datetime, text: str, channel: str = "", anyway: bool = False
) -> Message:
    """Tell the customer how far it is: a reply with purpose progress (meets FB-4.3c, FB-2.2d). Raises as `reply`."""
    return reply(case, by=by, at=at, text=text, purpose="progress", channel=channel, anyway=anyway)


def finish(case: Case, *, by: Actor, at: datetime, proof: str = "") -> Case:
    """Say that the solution is carried out: every step is done. proof: what shows it, kept as a note.

    Effects: state done; a wait for the customer ends; `case.done` (meets FB-4.3b, ends FB-4.3c, starts the
    callback's time of FB-4.3d). Raises Forbidden, Refused while a step is open.
    """
    require_reach(case, "cases.carry_out", by)
    with one_fact():
        lock(case)
        require_state(case, states.CARRYING_OUT)
        if left := case.steps.filter(round_no=case.round_no, done_at=None).count():
            raise Refused(
                f"还有 {left} 个步骤没有完成。",
                f"{left} step{'s' if left > 1 else ''} still to be done.",
                clauses=("FB-4.2b",),
                cure_zh="请先完成所有步骤。",
                cure_en="Finish every step first.",
            )
        customer_is_back(case, by=by, at=at)
        move(case, states.DONE, at=at, done_at=at)
        Round.objects.filter(case=case, number=case.round_no).update(done_at=at)
        if clean(proof):
            Note.objects.create(case=case, text=clean(proof), by_id=by.account_id, at=at)
        handled(case, by=by, act="finished", at=at)
        record(DONE, case.pk, by=by, at=at)
    return case


def _check(steps: Sequence[dict[str, Any]]) -> None:
    """At least one step, each with words."""
    wrong = {} if steps else {"steps": "至少写一步 / write at least one step"}
    for number, step in enumerate(steps, start=1):
        if not clean(step.get("what") or ""):
            wrong[f"steps.{number}"] = "请写明这一步做什么 / say what is done"
    if wrong:
        raise Invalid("执行步骤不完整。", "The steps are not complete.", fields=wrong)
