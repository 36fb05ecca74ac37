"""The same act on many cases, each its own fact: one that is refused stops none, and none is done twice.

    run = begin(cases, act="assessment", once=key, by=actor, at=now)
    carry_on(run, act, by=actor, now=clock.now)      again and again, by whom it may be, until it says True

An act is called with (case, by=, at=), and is one of the loop's own actions with its facts. Killed in the middle, what
was done stays done; carrying the same run on does the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from django.db import DataError, IntegrityError, transaction

from goodword.base.core.errors import DomainError
from goodword.base.core.inserting import insert_all, insert_unless_there
from goodword.base.core.masks import mask_text
from goodword.base.core.transactions import one_fact
from goodword.base.people.actors import Actor

from .models import BulkItem, BulkRun, Case
from .queries import listing

MOST_SAID, MOST_CURE = 600, 300
"""Characters kept of why a case was refused."""


class Act(Protocol):
    """One of the loop's actions, its facts filled in."""

    def __call__(self, case: Case, *, by: Actor, at: datetime) -> object:
        """Do it to one case. Raises DomainError when it is refused."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What an act would make of a case: `became` as `BulkItem` has it, or why it would be refused."""

    became: dict[str, Any] = field(default_factory=dict)
    refused: DomainError | None = None


def try_out(number: int, act: Act, *, by: Actor, at: datetime) -> Trial:
    """Do the act to the case and take it back: whatever the action itself would say, nothing of it is written."""
    try:
        with one_fact():
            case = listing.get(by, number)
            act(case, by=by, at=at)
            trial = Trial(became_of(case))
            transaction.set_rollback(True)
    except DomainError as refused:
        return Trial(refused=refused)
    return trial


def begin(cases: Sequence[Case], *, act: str, once: str, by: Actor, at: datetime) -> BulkRun:
    """The run over these cases, each still to be done; the one begun before, where the same form was sent before."""
    with one_fact():
        run = BulkRun(act=act, by_id=by.staff_id, once=once, begun_at=at)
        if not insert_unless_there(run):
            return BulkRun.objects.get(by_id=by.staff_id, once=once)
        insert_all([BulkItem(run=run, place=place, case=case) for place, case in enumerate(cases, start=1)])
    return run


def carry_on(
    run: BulkRun, act: Act, *, by: Actor, now: Callable[[], datetime], until: datetime | None = None
) -> bool:
    """Do what is left of the run, case by case, each in a transaction of its own; True when nothing is left.

    until: no second case is begun after this moment. Any number may carry the same run on at the same time.
    """
    for nth, item in enumerate(run.items.filter(outcome="").order_by("place")):
        at = now()
        if nth and until is not None and at >= until:
            return False
        _one(item, act, by=by, at=at)
    BulkRun.objects.filter(pk=run.pk, ended_at=None).update(ended_at=now())
    return True


def became_of(case: Case) -> dict[str, Any]:
    """Where a case stands, in codes and ids: nobody's name."""
    return {
        "state": case.state,
        "department": case.responsible.code if case.responsible else "",
        "assignee": case.assignee_id,
    }


def _one(item: BulkItem, act: Act, *, by: Actor, at: datetime) -> None:
    """One case's turn. That it is done, and the act itself, are one fact: either both are written or neither."""
    turn = BulkItem.objects.filter(pk=item.pk, outcome="")
    try:
        with one_fact():
            if not turn.update(outcome="done", at=at):
                return  # somebody else carried this run on meanwhile
            case = listing.get(by, item.case_id)
            act(case, by=by, at=at)
            BulkItem.objects.filter(pk=item.pk).update(became=became_of(case))
    except DomainError as refused:
        said = {"said_zh": refused.zh, "said_en": refused.en}
        cure = {"cure_zh": refused.cure_zh, "cure_en": refused.cure_en}
        _refuse(turn, said, cure, clauses=list(refused.clauses), at=at)
    except (DataError, IntegrityError) as problem:
        kind = type(problem).__name__
        said = {
            "said_zh": f"数据库不接受（{kind}）",
            "said_en": f"the database does not take it ({kind})",
        }
        _refuse(turn, said, {}, clauses=[], at=at)


def _refuse(
    turn: Any, said: dict[str, str], cure: dict[str, str], *, clauses: list[str], at: datetime
) -> None:
    words = {name: mask_text(text)[:MOST_SAID] for name, text in said.items()}
    words |= {name: mask_text(text)[:MOST_CURE] for name, text in cure.items()}
    turn.update(outcome="refused", at=at, clauses=clauses, **words)
