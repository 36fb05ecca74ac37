"""Waiting for the customer: the clocks that may stand still do, with what is waited for."""

from __future__ import annotations

from datetime import datetime

from goodword.base.core.errors import Invalid, Refused
from goodword.base.core.transactions import one_fact
from goodword.base.people.actors import Actor
from goodword.engine.journal.recording import record

from ..kinds import WAITING_ENDED, WAITING_STARTED
from ..models import Case
from ._ground import change, handled, lock, require_open, require_reach
from .replying import clean


def start(case: Case, *, by: Actor, at: datetime, what: str) -> Case:
    """From now on something is expected of the customer.

    what: what is waited for, shown to colleagues. Effects: waiting_since; `case.waiting_started` (pauses the duties
    that allow it). Raises Forbidden, Invalid without a reason, Refused when already waiting or ended.
    """
    require_reach(case, "cases.reply", by)
    if not (what := clean(what)):
        raise Invalid(
            "请写明在等客户的什么。",
            "Say what the customer is waited for.",
            fields={"what": "必填 / required"},
        )
    with one_fact():
        lock(case)
        require_open(case)
        if case.waiting_since is not None:
            raise Refused("已经在等待客户了。", "The customer is being waited for already.")
        change(case, at=at, waiting_since=at, waiting_for=what[:200])
        handled(case, by=by, act="waiting", at=at)
        record(WAITING_STARTED, case.pk, by=by, at=at)
    return case


def end(case: Case, *, by: Actor, at: datetime) -> Case:
    """The waiting is over: the customer answered, or staff goes on without.

    Effects: waiting_since empty; `case.waiting_ended` (the clocks go on). by: staff, the CUSTOMER or the SYSTEM.
    Raises Forbidden, Refused when nobody is waited for.
    """
    if by.kind == "staff":
        require_reach(case, "cases.reply", by)
    with one_fact():
        lock(case)
        require_open(case)
        if case.waiting_since is None:
            raise Refused("现在没有在等待客户。", "Nobody is being waited for.")
        change(case, at=at, waiting_since=None, waiting_for="")
        handled(case, by=by, act="waiting", at=at)
        record(WAITING_ENDED, case.pk, by=by, at=at)
    return case
