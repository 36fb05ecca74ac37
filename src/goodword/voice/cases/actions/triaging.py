"""Triage: what it is, how grave, whose it is (FB-3.1a, FB-3.1b, FB-3.2a)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from goodword.base.core.clock import local_day
from goodword.base.core.errors import Invalid
from goodword.base.core.transactions import one_fact
from goodword.base.people.actors import Actor
from goodword.base.people.models import Account, Department
from goodword.engine.journal.recording import record

from .. import labels, states
from ..kinds import TRIAGED
from ..models import Case
from . import dispatching, judging, learning
from ._ground import handled, lock, move, require_open, require_state
from ._reach import require_works_in

RETRIAGED_IN = frozenset(
    {
        states.RECEIVED,
        states.TRIAGED,
        states.INVESTIGATING,
        states.PROPOSED,
        states.AGREED,
        states.CARRYING_OUT,
    }
)
"""A case may be classified anew until it is done: what is done is judged by what it was done as."""


@dataclass(frozen=True, slots=True)
class Triage:
    """What triage decides; codes of the policy's catalogues."""

    kind: str
    content: str
    severity: str
    subclass: str = ""
    device_type: str = ""
    stage: str = ""
    sentiment: str = ""


def triage(
    case: Case,
    *,
    by: Actor,
    at: datetime,
    kind: str,
    content: str,
    severity: str,
    department: Department,
    subclass: str = "",
    device_type: str = "",
    stage: str = "",
    sentiment: str = "",
    assignee: Account | None = None,
) -> Case:
    """Classify a case and send it to the department that answers for it; also again, when it turns out otherwise.

    Effects in one transaction: the labels; a person's corrections of the proposal are kept to learn from, and count
    as an error where the case had been dispatched unattended;
    `case.triaged` (meets FB-3.2a, starts the clocks of its severity, supersedes those that no longer fit);
    dispatch (FB-3.2c); when urgent, a telephone task for the head of the department (FB-3.2b).
    Raises Forbidden, Invalid for an unknown label or an assignee of another department, Refused when the case is done or has ended.
    """
    by.require("cases.triage")
    decided = Triage(kind, content, severity, subclass, device_type, stage, sentiment)
    _check(decided, at=at)
    require_works_in(assignee, department, at=at, clauses=("FB-3.2a",))
    with one_fact():
        lock(case)
        require_open(case)
        require_state(case, *(state for state in states.STEPS if state in RETRIAGED_IN))
        again = case.state != states.RECEIVED
        values = {name: getattr(decided, name) for name in Triage.__slots__}
        corrected: list[str] = []
        labelled: dict[str, Any] = {}
        if by.kind == "staff":
            labelled["labelled_at"] = at
            corrected = learning.learn(case, values, at=at)
            if again:
                judging.corrected(case, values, department=department, by=by, at=at)
        move(
            case, case.state if again else states.TRIAGED, at=at, responsible=department, **values, **labelled
        )
        handled(case, by=by, act="triaged", at=at)
        facts: dict[str, Any] = {**values, "department": department.code, "automatic": by.kind == "system"}
        record(TRIAGED, case.pk, by=by, at=at, facts={**facts, "corrected": corrected})
        dispatching.dispatch(case, by=by, at=at, department=department, assignee=assignee)
    return case


def _check(decided: Triage, *, at: datetime) -> None:
    """Every label must be one of the policy's."""
    wrong: dict[str, str] = {}
    for name in ("kind", "content", "severity", "device_type", "stage", "sentiment"):
        code = getattr(decided, name)
        optional = name in {"device_type", "stage", "sentiment"}
        if not (optional and not code) and code not in labels.codes(name, on=local_day(at)):
            wrong[name] = "没有这个选项 / not one of the choices"
    known = {entry["code"] for entry in labels.subclasses(decided.content, on=local_day(at))}
    if decided.subclass and decided.subclass not in known:
        wrong["subclass"] = "与内容类别不符 / does not belong to this content class"
    if wrong:
        raise Invalid(
            "分类不完整或有误,请检查。",
            "The labels are incomplete or wrong.",
            clauses=("FB-3.1a", "FB-3.1b"),
            fields=wrong,
        )
