"""Where a case goes: triage, dispatch, handover, coordination, help, the urgent telephone task."""

from __future__ import annotations

from uuid import UUID

from goodword.base.core.errors import NotFound
from goodword.voice.cases.actions import coordinating, dispatching, handing_over, phoning, triaging
from goodword.voice.cases.models import Help

from .. import found
from ..caller import Caller
from ..operations import Door
from ..schemas.cases import CaseRow
from ..schemas.common import Empty
from ..schemas.handling import HandoverOut, HelpOut, HelpsOut, PhoneTaskOut
from ..schemas.intake import (
    CoordinationIn,
    DispatchIn,
    HandoverIn,
    HelpAnswerIn,
    HelpIn,
    PhoneCallIn,
    TriageIn,
)
from ..shown import cases as show
from ..shown import handling

door = Door("Triage and handover")


@door.write("cases/{key}/triage", right="cases.triage", answer=CaseRow)
def triage_case(caller: Caller, key: str, body: TriageIn) -> CaseRow:
    """Triage (FB-3.2a), or triage anew; the case is dispatched, and rung for when urgent"""
    case = found.case(caller, key)
    decided = body.model_dump(exclude={"department", "assignee"})
    department, assignee = found.department(body.department), found.account(body.assignee)
    triaging.triage(case, **caller.acting, **decided, department=department, assignee=assignee)
    return show.row_of(case)


@door.write("cases/{key}/dispatch", right="cases.dispatch", answer=CaseRow)
def dispatch_case(caller: Caller, key: str, body: DispatchIn) -> CaseRow:
    """Send a case to a department and a person there"""
    case = found.case(caller, key)
    department, assignee = found.department(body.department), found.account(body.assignee)
    dispatching.dispatch(case, **caller.acting, department=department, assignee=assignee)
    return show.row_of(case)


@door.write("cases/{key}/pick", right="cases.investigate", answer=CaseRow)
def pick_case(caller: Caller, key: str, body: Empty) -> CaseRow:
    """Take a case of my department myself"""
    return show.row_of(dispatching.pick(found.case(caller, key), **caller.acting))


@door.write("cases/{key}/handover", right="cases.hand_over", answer=HandoverOut, status=201)
def hand_over_case(caller: Caller, key: str, body: HandoverIn) -> HandoverOut:
    """Hand a case over (FB-3.2d)"""
    made = handing_over.hand_over(
        found.case(caller, key),
        **caller.acting,
        department=found.department(body.department),
        assignee=found.account(body.assignee),
        complete=body.complete,
        note=body.note,
    )
    return handling.handover(made)


@door.write("cases/{key}/coordination", right="cases.coordinate", answer=HelpsOut, status=201)
def coordinate_case(caller: Caller, key: str, body: CoordinationIn) -> HelpsOut:
    """One owner, several departments asked (FB-3.2e)"""
    asked = coordinating.coordinate(
        found.case(caller, key),
        **caller.acting,
        owner=found.somebody(body.owner, field="owner"),
        departments=[found.department(code) for code in body.departments],
        question=body.question,
    )
    return HelpsOut(items=[handling.help_of(_help(row.pk)) for row in asked])


@door.write("cases/{key}/help-requests", right="cases.hand_over", answer=HelpOut, status=201)
def ask_help(caller: Caller, key: str, body: HelpIn) -> HelpOut:
    """Ask another department for help (CS-3.2b)"""
    made = coordinating.ask_help(
        found.case(caller, key),
        **caller.acting,
        department=found.department(body.department),
        question=body.question,
        complex=body.complex,
    )
    return handling.help_of(_help(made.pk))


@door.write("cases/{key}/help-requests/{help_id}/answer", right="cases.answer_help", answer=HelpOut)
def answer_help(caller: Caller, key: str, help_id: UUID, body: HelpAnswerIn) -> HelpOut:
    """Answer a request for help, with a solution or with progress"""
    asked = _of_case(caller, key, help_id)
    coordinating.answer_help(asked, **caller.acting, kind=body.kind, text=body.text)
    return handling.help_of(_help(asked.pk))


@door.write(
    "cases/{key}/help-requests/{help_id}/withdrawal", right="cases.hand_over cases.coordinate", answer=HelpOut
)
def withdraw_help(caller: Caller, key: str, help_id: UUID, body: Empty) -> HelpOut:
    """Take a request for help back"""
    asked = _of_case(caller, key, help_id)
    coordinating.withdraw_help(asked, **caller.acting)
    return handling.help_of(_help(asked.pk))


@door.write("cases/{key}/phone-task/calls", right="cases.reply", answer=PhoneTaskOut, status=201)
def record_phone_call(caller: Caller, key: str, body: PhoneCallIn) -> PhoneTaskOut:
    """The person whose turn it is was rung (FB-3.2b); not reached: the next in line"""
    task = (
        found.case(caller, key).phone_tasks.filter(state="open").select_related("case", "department").first()
    )
    if task is None:
        raise NotFound("这张工单没有待接通的电话任务。", "This case has no open telephone task.")
    phoning.record_call(task, **caller.acting, reached=body.reached, note=body.note)
    return handling.phone_task(task)


def _of_case(caller: Caller, key: str, help_id: UUID) -> Help:
    row = found.case(caller, key).helps.filter(pk=help_id).first()
    if row is None:
        raise NotFound
    return _help(row.pk)


def _help(pk: UUID) -> Help:
    rows = Help.objects.select_related("case", "department", "asked_by__person", "answered_by__person")
    return rows.get(pk=pk)
