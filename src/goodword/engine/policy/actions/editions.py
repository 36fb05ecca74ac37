"""Changing a figure (SU-8c): a proposal with the day it is to hold from, approved by somebody else.

Cases keep the edition of their day: the engine takes the edition that holds when an obligation starts, and a
running obligation keeps the one it started with.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import Max

from goodword.base.core.clock import local_day
from goodword.base.core.errors import Invalid, NotFound, Refused
from goodword.base.core.transactions import one_fact
from goodword.base.people.actors import Actor
from goodword.engine.journal.recording import record

from ..kinds import APPROVED, PROPOSED, REFUSED, WITHDRAWN
from ..models import ClauseEdition
from ..queries import all_clauses
from ..reading import ALLOWANCE
from ..revalued import clause_with
from ..schema import PackError

ENTRIES = {"approved": APPROVED, "refused": REFUSED, "withdrawn": WITHDRAWN}
"""What is journalled when a proposal reaches its last state."""


def propose(
    clause_id: str, *, values: dict[str, Any], holds_from: date, note: str, by: Actor, at: datetime
) -> ClauseEdition:
    """Propose new figures for a clause.

    Effects: a proposed edition with the next number; `clause.edition_proposed` is journalled.
    Raises Forbidden; NotFound for an unknown clause; Invalid when the figures do not fit the clause's binding, the
    reason is missing, or the day has passed (the past is never re-judged).
    """
    by.require("policy.propose")
    if clause_id not in all_clauses():
        raise NotFound("没有这条条款。", "There is no such clause.")
    if not note.strip():
        raise Invalid("请写明修改理由。", "Say why the figure changes.", fields={"note": "必填 / required"})
    if holds_from < local_day(at):
        raise Invalid(
            "生效日不能早于今天,过去的工单按当时的标准。",
            "An edition cannot hold from a past day: earlier cases keep the standard of their day.",
            clauses=("SU-8c",),
            fields={"holds_from": "不能早于今天 / not in the past"},
        )
    require_fit(clause_id, values)
    with one_fact():
        last = ClauseEdition.objects.filter(clause_id=clause_id).aggregate(last=Max("number"))["last"] or 0
        edition = ClauseEdition.objects.create(
            clause_id=clause_id,
            number=last + 1,
            holds_from=holds_from,
            values=values,
            note=note.strip(),
            proposed_by_id=by.account_id,
            proposed_at=at,
        )
        record(PROPOSED, clause_id, by=by, at=at, facts=_facts(edition))
    return edition


def require_fit(clause_id: str, values: dict[str, Any]) -> None:
    """Raise Invalid, naming the field, when the figures do not fit the clause: its ranges, its binding.

    A duty nobody has any time for is none either: it would be late before anybody could meet it.
    """
    try:
        clause = clause_with(clause_id, values)
    except PackError as problem:
        wrong = {problem.field or "values": f"{problem.zh} / {problem.en}"}
        raise Invalid(problem.zh, problem.en, fields=wrong) from None
    if clause.binding and any(within.allow.amount == 0 for within in clause.binding.within):
        raise Invalid(
            "时限不能是 0：义务一产生就超时，谁也来不及。",
            "An allowance cannot be 0: the duty would be late the moment it begins.",
            clauses=(clause_id,),
            fields=dict.fromkeys(_without_length("values", values), "要大于 0 / more than 0"),
        )


def _without_length(place: str, figures: Any) -> list[str]:
    """The places of the figures that are a length of no time."""
    if isinstance(figures, dict):
        return [name for key, each in figures.items() for name in _without_length(f"{place}.{key}", each)]
    found = ALLOWANCE.fullmatch(figures) if isinstance(figures, str) else None
    return [place] if found and int(found[1]) == 0 else []


def approve(edition: ClauseEdition, *, by: Actor, at: datetime) -> ClauseEdition:
    """Approve a proposal; it holds from its day. The proposer cannot, nor anybody once that day is over."""
    by.require("policy.approve")
    if edition.holds_from < local_day(at):
        raise Refused(
            "生效日已经过去，不能再批准：过去的工单按当时的标准。",
            "Its day is over, so it cannot be approved: earlier cases keep the standard of their day.",
            clauses=("SU-8c",),
            cure_zh="请按新的生效日重新提出。",
            cure_en="Propose it anew with a day to come.",
        )
    return _decide(edition, "approved", by=by, at=at)


def refuse(edition: ClauseEdition, *, by: Actor, at: datetime) -> ClauseEdition:
    """Refuse a proposal; it is kept, and never holds."""
    return _decide(edition, "refused", by=by, at=at)


def withdraw(edition: ClauseEdition, *, by: Actor, at: datetime) -> ClauseEdition:
    """Take one's own proposal back before anybody has decided; it is kept, and never holds.

    Effects: `clause.edition_withdrawn` is journalled. Raises Forbidden; Refused for somebody else's, or a decided one.
    """
    by.require("policy.propose")
    if edition.proposed_by_id is None or edition.proposed_by_id != by.account_id:
        raise Refused(
            "只有提出人可以撤回。",
            "Only the proposer may withdraw it.",
            clauses=("SU-8c",),
            cure_zh="有批准权限的人可以不批准。",
            cure_en="Whoever may approve can refuse it instead.",
        )
    return _settled(edition, "withdrawn", {"decided_at": at}, by=by, at=at)


def _decide(edition: ClauseEdition, state: str, *, by: Actor, at: datetime) -> ClauseEdition:
    by.require("policy.approve")
    if edition.proposed_by_id == by.account_id:
        raise Refused(
            "提出人不能批准自己的修改。",
            "The proposer cannot decide on his own proposal.",
            clauses=("SU-8c",),
            cure_zh="请另一位有权限的人批准。",
            cure_en="Somebody else with the right must decide.",
        )
    return _settled(edition, state, {"decided_by": by.account_id, "decided_at": at}, by=by, at=at)


def _settled(
    edition: ClauseEdition, state: str, how: dict[str, Any], *, by: Actor, at: datetime
) -> ClauseEdition:
    """The proposal in its last state, with its entry. Raises Refused where it is in one already."""
    with one_fact():
        if not ClauseEdition.objects.filter(pk=edition.pk, state="proposed").update(state=state, **how):
            raise Refused("该修改已有结论。", "This proposal has already been decided.")
        edition.refresh_from_db()
        record(ENTRIES[state], edition.clause_id, by=by, at=at, facts=_facts(edition))
    return edition


def _facts(edition: ClauseEdition) -> dict[str, Any]:
    facts: dict[str, Any] = {"clause": edition.clause_id, "number": edition.number}
    if edition.state in {"proposed", "approved"}:
        facts["holds_from"] = edition.holds_from.isoformat()
    return facts
