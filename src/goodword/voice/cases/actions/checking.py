"""A share of what was dispatched unattended is checked blind (FB-3.2c)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from goodword.base.core.clock import local_day
from goodword.base.core.errors import Invalid, Refused
from goodword.base.core.transactions import one_fact
from goodword.base.people.actors import Actor
from goodword.base.people.queries import department_now
from goodword.engine.journal.recording import record

from .. import labels
from ..figures.unattended import CLAUSE, NEEDED
from ..kinds import DISPATCH_CHECKED
from ..models import Case, Unattended
from ..queries.proposals import home_of
from . import judging, learning, triaging
from ._ground import lock

SAID_BLIND = (*NEEDED, "subclass", "sentiment")


def check(case: Case, *, by: Actor, at: datetime, **said: str) -> Unattended:
    """A person says, without seeing what the software made of it, what the case is. said: SAID_BLIND, by name.

    Effects in one transaction: the verdict; the labels as the person's own, with what there is to learn;
    `case.dispatch_checked`; where wrong and not over, the case is triaged anew to the department that answers for it;
    unattended dispatch may switch itself off.
    Raises Forbidden, Invalid for unknown labels, Refused when it is not, or no longer, to be checked.
    """
    by.require("cases.triage")
    chosen = {name: said.get(name, "") for name in SAID_BLIND}
    _check(chosen, at=at)
    with one_fact():
        lock(case)
        row = Unattended.objects.filter(case=case, sampled=True, verdict="").first()
        if row is None:
            raise Refused(
                "这张工单不在待抽查之列。",
                "This case is not waiting to be checked.",
                clauses=(CLAUSE,),
                cure_zh="请从抽查页打开下一张。",
                cure_en="Open the next one from the page of checks.",
            )
        wrong = [name for name in NEEDED if chosen[name] != getattr(row, name)]
        judging.decide(row, wrong, chosen["severity"], found_by="check", by=by, at=at)
        if wrong and case.state in triaging.RETRIAGED_IN:
            _send_anew(case, chosen, by=by, at=at)
        else:
            learning.learn(case, chosen, at=at)
            Case.objects.filter(pk=case.pk).update(labelled_at=at)
        record(
            DISPATCH_CHECKED,
            case.pk,
            by=by,
            at=at,
            facts={"verdict": "wrong" if wrong else "right", "corrected": wrong},
        )
    return row


def _send_anew(case: Case, chosen: Mapping[str, str], *, by: Actor, at: datetime) -> None:
    """Triage as the person said; what was not asked stays, the sub-class only within its content."""
    kept = case.subclass if chosen["content"] == case.content else ""
    decided: dict[str, Any] = {**chosen, "subclass": chosen["subclass"] or kept}
    home = home_of(case, content=decided["content"], subclass=decided["subclass"], on=local_day(at))
    triaging.triage(
        case,
        by=by,
        at=at,
        **decided,
        device_type=case.device_type,
        stage=case.stage,
        department=department_now(home.code),
    )


def _check(chosen: Mapping[str, str], *, at: datetime) -> None:
    day = local_day(at)
    wrong = {
        name: "请选择 / choose one"
        for name in (*NEEDED, "sentiment")
        if (name in NEEDED or chosen[name]) and chosen[name] not in labels.codes(name, on=day)
    }
    known = {entry["code"] for entry in labels.subclasses(chosen["content"], on=day)}
    if chosen["subclass"] and chosen["subclass"] not in known:
        wrong["subclass"] = "与内容类别不符 / does not belong to this content class"
    if wrong:
        raise Invalid(
            "分类不完整或有误,请检查。",
            "The labels are incomplete or wrong.",
            clauses=(CLAUSE,),
            fields=wrong,
        )
