"""Rounds (FB-4.3f): an unsatisfied customer, or one who comes back in time, starts the work anew."""

from __future__ import annotations

from datetime import datetime, timedelta

from goodword.base.core.clock import local_day
from goodword.base.core.errors import Invalid
from goodword.base.core.transactions import one_fact
from goodword.base.people.actors import Actor
from goodword.engine.journal.recording import record
from goodword.engine.policy.queries import values_of

from .. import states
from ..kinds import LINKED, REOPENED, ROUND_STARTED
from ..models import Case, Link, Note, Round
from . import receiving
from ._ground import handled, lock, move, require_reach, require_state
from .replying import clean

CLAUSE = "FB-4.3f"


def start_next(case: Case, *, by: Actor, at: datetime, reason: str) -> Round:
    """Begin the next round. Called inside the transaction of what causes it, with the case locked.

    reason: unsatisfied or reopened. Effects: a fresh round (earlier ones stay as they are); the case goes to
    investigation, one that was never triaged back to intake; `case.round_started`, which starts the clocks of its
    severity anew.
    """
    case.rounds.filter(number=case.round_no, ended_at=None).update(ended_at=at)
    fresh = Round.objects.create(case=case, number=case.round_no + 1, started_at=at, reason=reason)
    move(
        case,
        _begins_in(case),
        at=at,
        round_no=fresh.number,
        done_at=None,
        closed_at=None,
        supervisor_needed=False,
        waiting_since=None,
        waiting_for="",
    )
    facts = {
        "round": fresh.number,
        "reason": reason,
        "severity": case.severity,
        "kind": case.kind,
        "content": case.content,
        "department": case.responsible.code if case.responsible else "service",
        "assignee": case.assignee_id,
    }
    record(ROUND_STARTED, case.pk, by=by, at=at, facts=facts)
    return fresh


def _begins_in(case: Case) -> str:
    if case.state != states.WITHDRAWN:
        return states.INVESTIGATING
    return states.TRIAGED if case.severity else states.RECEIVED


def reopen(case: Case, *, by: Actor, at: datetime, reason: str, channel: str = "hotline") -> Case:
    """The customer comes back about a matter that was closed or withdrawn.

    reason: what the customer says now, kept as a note. Within the policy's days the case goes on with its next
    round: `case.reopened`, then the effects of `start_next`. Later it is a new case, received over `channel`, that
    follows the old one (this asks for cases.receive too); the new case is returned.
    Raises Forbidden, Invalid without a reason, Refused for a case that has not ended or was merged.
    """
    require_reach(case, "cases.reopen", by)
    if not (reason := clean(reason)):
        raise Invalid(
            "请写明为什么重新打开。",
            "Say why the case is opened again.",
            clauses=(CLAUSE,),
            fields={"reason": "必填 / required"},
        )
    with one_fact():
        lock(case)
        require_state(case, states.CLOSED, states.WITHDRAWN)
        if at > reopens_until(case):
            return _follow_up(case, by=by, at=at, text=reason, channel=channel)
        Note.objects.create(case=case, text=reason, by_id=by.account_id, at=at)
        handled(case, by=by, act="reopened", at=at)
        record(REOPENED, case.pk, by=by, at=at, facts={"reason": case.state})
        start_next(case, by=by, at=at, reason="reopened")
    return case


def reopens_until(case: Case) -> datetime:
    """The last moment at which the ended case itself can be opened again."""
    last = case.rounds.last()
    ended_at = case.closed_at or (last.ended_at if last else None) or case.changed_at
    days = values_of(CLAUSE, on=local_day(ended_at))["reopen_within_days"]
    return ended_at + timedelta(days=int(days))


def _follow_up(case: Case, *, by: Actor, at: datetime, text: str, channel: str) -> Case:
    word = receiving.Word(
        text=text,
        channel=channel,
        subject=case.subject,
        customer=case.customer,
        contact=case.contact,
        order=case.order,
        device=case.device,
        kind=case.kind,
    )
    new = receiving.receive(word, by=by, at=at).case
    Link.objects.create(case=new, other=case, relation="follows", at=at)
    for one, other in ((new, case), (case, new)):
        facts = {"other": str(other.pk), "relation": "follows"}
        record(LINKED, one.pk, by=by, at=at, facts=facts)
    return new
