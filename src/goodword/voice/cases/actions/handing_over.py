"""Handover from one department or colleague to another (FB-3.2d)."""

from __future__ import annotations

from datetime import datetime

from goodword.base.core.errors import Invalid, Refused
from goodword.base.core.transactions import one_fact
from goodword.base.people.actors import Actor
from goodword.base.people.models import Account, Department
from goodword.engine.journal.recording import record

from ..kinds import HANDED_OVER
from ..models import Case, Handover
from ..rules import record_elements
from . import phoning
from ._ground import change, handled, lock, require_reach, require_state
from ._reach import works_in
from .dispatching import least_busy
from .evidence import UNDER_WORK
from .replying import clean

CLAUSE = "FB-3.2d"


def hand_over(
    case: Case,
    *,
    by: Actor,
    at: datetime,
    department: Department,
    assignee: Account | None = None,
    complete: bool,
    note: str = "",
) -> Handover:
    """Hand a case over; without a named person the one on duty there with the least to do.

    complete: the giver confirms that the information is complete; else the missing elements are listed and a note
    says how it goes on. Effects: department and assignee; the handover's record; `case.handed_over`; an urgent case
    has the head of its new department rung (FB-3.2b).
    Raises Forbidden, Invalid, Refused (FB-3.2d) when nothing changes hands or elements are missing after all.
    """
    require_reach(case, "cases.hand_over", by)
    department, note = department.merged_into or department, clean(note)
    _check(department, assignee, complete, note, at=at)
    with one_fact():
        lock(case)
        require_state(case, *UNDER_WORK)
        taker = assignee or least_busy(department.code, at=at)
        lacking = record_elements.missing(case)
        if refusal := _refusal(case, department, taker, complete, lacking):
            raise refusal
        handover = Handover.objects.create(
            case=case,
            from_department=case.responsible,
            to_department=department,
            from_account=case.assignee,
            to_account=taker,
            complete=complete,
            missing=[element.code for element in lacking],
            note=note,
            at=at,
        )
        giver = {
            "from_department": case.responsible.code if case.responsible else "",
            "from_assignee": case.assignee_id,
        }
        change(case, at=at, responsible=department, assignee=taker)
        handled(case, by=by, act="handed_over", at=at)
        facts = {**giver, "complete": complete, "missing": handover.missing, "handover": handover.pk}
        facts |= {"department": department.code, "assignee": taker.pk if taker else None}
        record(HANDED_OVER, case.pk, by=by, at=at, facts=facts)
        phoning.open_task(case, at=at)
    return handover


def _check(
    department: Department, assignee: Account | None, complete: bool, note: str, *, at: datetime
) -> None:
    wrong = {}
    if assignee is not None and not works_in(assignee, department, at=at):
        wrong["assignee"] = "此人不在接收部门 / does not work in that department"
    if not complete and not note:
        wrong["note"] = "信息不全时请说明 / say what is missing and how to go on"
    if wrong:
        raise Invalid("交接记录不完整。", "The handover is not complete.", clauses=(CLAUSE,), fields=wrong)


def _refusal(
    case: Case,
    department: Department,
    taker: Account | None,
    complete: bool,
    lacking: list[record_elements.Element],
) -> Refused | None:
    same_person = case.assignee_id == (taker.pk if taker else None)
    if case.responsible_id == department.pk and same_person:
        return Refused(
            "工单已经在这里了。",
            "The case is there already.",
            clauses=(CLAUSE,),
            cure_zh="请选择别的部门或同事。",
            cure_en="Choose another department or colleague.",
        )
    if complete and lacking:
        zh, en = "、".join(e.zh for e in lacking), ", ".join(e.en.lower() for e in lacking)
        return Refused(
            f"信息还不齐全,缺:{zh}。",
            f"The information is not complete; missing: {en}.",
            clauses=(CLAUSE, record_elements.CLAUSE),
            cure_zh="请补齐,或注明不全并写下说明后交接。",
            cure_en="Fill it in, or hand over as incomplete with a note.",
        )
    return None
