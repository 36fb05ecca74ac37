"""Clauses and how they fared."""

from __future__ import annotations

from typing import Annotated, Literal

from ninja import Query

from goodword.base.core.clock import local_day
from goodword.base.core.errors import NotFound
from goodword.engine.obligations.queries import compliance
from goodword.engine.policy.queries import all_clauses

from ..caller import Caller
from ..operations import Door
from ..schemas.clauses import ClauseList, ClauseOut, Compliance
from ..schemas.common import Moment
from ..shown import clauses as show

door = Door("Clauses")


@door.read("clauses", right="policy.see", answer=ClauseList)
def list_clauses(
    _: Caller, regulation: Annotated[str, Query("", max_length=10, examples=["FB"])]
) -> ClauseList:
    """The clauses of all regulations, or of one"""
    found = [
        c for c in all_clauses().values() if not regulation or c.id.partition("-")[0] == regulation.upper()
    ]
    return ClauseList(items=[show.row(clause) for clause in found])


@door.read("clauses/{clause_id}", right="policy.see", answer=ClauseOut)
def get_clause(caller: Caller, clause_id: str) -> ClauseOut:
    """A clause with its figures, editions and counts"""
    clause = all_clauses().get(clause_id)
    if clause is None:
        raise NotFound("没有这条条款。", "There is no such clause.")
    at = caller.at
    fared = {tally.clause_id: tally for tally in compliance(now=at)}
    return show.whole(clause, on=local_day(at), tally=fared.get(clause_id))


@door.read("compliance", right="compliance.see", answer=Compliance)
def get_compliance(
    caller: Caller,
    started_from: Annotated[Moment | None, Query(None, alias="from")],
    started_to: Annotated[Moment | None, Query(None, alias="to")],
    work: Annotated[Literal["all", "live", "history"], Query("all")],
) -> Compliance:
    """How each clause fared over the obligations started in [from, to)"""
    history = {"all": None, "live": False, "history": True}[work]
    rows = compliance(started_from=started_from, started_to=started_to, history=history, now=caller.at)
    return Compliance(items=[show.counted(tally) for tally in rows])
