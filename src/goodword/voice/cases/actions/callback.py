"""The callback (FB-4.3d, CS-3.2c): somebody independent asks whether it is solved and the customer satisfied."""

from __future__ import annotations

from datetime import datetime

from goodword.base.core.errors import Invalid
from goodword.base.core.transactions import one_fact
from goodword.base.people.actors import Actor
from goodword.engine.journal.recording import record

from .. import states
from ..kinds import CALLBACK_ATTEMPTED, CALLED_BACK
from ..models import Callback, CallbackAttempt, Case
from ..rules import callback as rules
from . import rounds
from ._ground import lock, move, require_state
from .replying import clean, customer_is_back


def attempt(case: Case, *, by: Actor, at: datetime, note: str = "") -> CallbackAttempt:
    """Write down a callback call that nobody answered.

    Effects: the attempt; `case.callback_attempted` with its number in this round. Calling back is not handling.
    Raises Forbidden, Refused by FB-4.3e or when the case is not done.
    """
    with one_fact():
        caller = _ready(case, by)
        made = CallbackAttempt.objects.create(
            case=case, round_no=case.round_no, caller_id=caller, note=clean(note)[:300], at=at
        )
        count = case.callback_attempts.filter(round_no=case.round_no).count()
        record(CALLBACK_ATTEMPTED, case.pk, by=by, at=at, facts={"attempt": count})
    return made


def call_back(
    case: Case,
    *,
    by: Actor,
    at: datetime,
    solved: bool,
    satisfaction: int,
    words: str = "",
    may_quote: bool = False,
) -> Callback:
    """Write down what the customer said at the callback.

    satisfaction: 1 to the scale of FB-4.3d. words: the customer's own; may_quote: they agreed to be quoted.
    Effects: the callback of this round; a wait for the customer ends; `case.called_back` (meets FB-4.3d). Satisfied:
    the case is called back and may be closed. Not: the next round starts, with fresh deadlines (FB-4.3f).
    Raises Forbidden, Invalid, Refused by FB-4.3e or when the case is not done.
    """
    with one_fact():
        caller = _ready(case, by)
        most = rules.scale(at=at)
        if not 1 <= satisfaction <= most:
            raise Invalid(
                f"满意度请填 1 到 {most}。",
                f"Satisfaction is a number from 1 to {most}.",
                clauses=(rules.CALLBACK,),
                fields={"satisfaction": f"1–{most}"},
            )
        satisfied = rules.satisfies(solved=solved, satisfaction=satisfaction, at=at)
        made = Callback.objects.create(
            case=case,
            round_no=case.round_no,
            caller_id=caller,
            solved=solved,
            satisfaction=satisfaction,
            satisfied=satisfied,
            words=clean(words),
            may_quote=may_quote,
            at=at,
        )
        customer_is_back(case, by=by, at=at)
        if satisfied:
            move(case, states.CALLED_BACK, at=at)
        facts = {"outcome": "reached", "solved": solved, "satisfaction": satisfaction, "satisfied": satisfied}
        record(CALLED_BACK, case.pk, by=by, at=at, facts={**facts, "callback": made.pk})
        if not satisfied:
            rounds.start_next(case, by=by, at=at, reason="unsatisfied")
    return made


def give_up(case: Case, *, by: Actor, at: datetime) -> Callback:
    """End the callback without having reached the customer, after as many attempts as FB-4.3d wants.

    Effects: a callback with outcome unreachable; the case is called back; `case.called_back`.
    Raises Forbidden, Refused by FB-4.3e, by FB-4.3d with attempts lacking, or when the case is not done.
    """
    with one_fact():
        caller = _ready(case, by)
        if refusal := rules.may_give_up(case, at=at):
            raise refusal
        made = Callback.objects.create(
            case=case, round_no=case.round_no, caller_id=caller, outcome="unreachable", at=at
        )
        move(case, states.CALLED_BACK, at=at)
        facts = {"outcome": "unreachable", "callback": made.pk}
        record(CALLED_BACK, case.pk, by=by, at=at, facts=facts)
    return made


def _ready(case: Case, by: Actor) -> int:
    """Lock the case and see that `by` may call back for it now; returns the caller's account id."""
    by.require("cases.call_back")
    lock(case)
    require_state(case, states.DONE)
    if refusal := rules.may_call_back(case, by=by):
        raise refusal
    assert by.account_id is not None  # the guard lets named colleagues through only
    return by.account_id
