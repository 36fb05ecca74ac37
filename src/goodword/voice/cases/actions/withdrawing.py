"""Withdrawing: the customer no longer wants the matter handled."""

from __future__ import annotations

from datetime import datetime

from goodword.base.core.errors import Invalid
from goodword.base.core.transactions import one_fact
from goodword.base.people.actors import Actor
from goodword.engine.journal.recording import record

from .. import states
from ..kinds import WITHDRAWN
from ..models import Case, Message, Note
from ._ending import wind_up
from ._ground import handled, lock, move, require_open, require_reach
from .replying import clean


def withdraw(case: Case, *, by: Actor, at: datetime, reason: str = "") -> Case:
    """End a case at the customer's wish: by the CUSTOMER, or by staff to whom they said it.

    reason: kept as the customer's message or as the colleague's note. Effects: state; what hangs on it is let go
    of; `case.withdrawn` (releases every open duty). Raises Forbidden, Invalid for staff who do not write down what
    the customer said, Refused when ended or called back already.
    """
    if by.kind == "staff":
        require_reach(case, "cases.reply", by)
        if not clean(reason):
            raise Invalid(
                "请记下客户为什么撤回。",
                "Write down why the customer takes it back.",
                fields={"reason": "必填 / required"},
            )
    with one_fact():
        lock(case)
        require_open(case)
        move(case, states.WITHDRAWN, at=at, waiting_since=None, waiting_for="")
        if reason := clean(reason):
            _keep(case, reason, by=by, at=at)
        wind_up(case, by=by, at=at)
        handled(case, by=by, act="withdrawn", at=at)
        record(WITHDRAWN, case.pk, by=by, at=at)
    return case


def _keep(case: Case, reason: str, *, by: Actor, at: datetime) -> None:
    if by.kind == "customer":
        Message.objects.create(case=case, direction="in", channel="portal", text=reason, at=at)
    else:
        Note.objects.create(case=case, text=reason, by_id=by.account_id, at=at)
