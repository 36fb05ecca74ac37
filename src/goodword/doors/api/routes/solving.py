"""From investigation to an agreed solution."""

from __future__ import annotations

from uuid import UUID

from goodword.base.core.errors import NotFound
from goodword.engine.attachments.queries import attachment_of
from goodword.voice.cases.actions import compensation, evidence, investigating, solving
from goodword.voice.cases.models import Evidence, Solution

from .. import found
from ..caller import Caller
from ..operations import Door
from ..schemas.cases import CaseRow
from ..schemas.common import Empty
from ..schemas.handling import EvidenceOut, SolutionOut
from ..schemas.solving import (
    CauseIn,
    CommunicationIn,
    DecisionIn,
    EvidenceIn,
    SolutionAnswerIn,
    SolutionIn,
    StaffStatementIn,
    TechnicalCheckIn,
)
from ..shown import cases as show
from ..shown import handling

door = Door("Investigation and solution")


@door.write("cases/{key}/investigation", right="cases.investigate", answer=CaseRow)
def start_investigation(caller: Caller, key: str, body: Empty) -> CaseRow:
    """Begin to investigate (FB-4.1a, FB-4.1b)"""
    return show.row_of(investigating.start(found.case(caller, key), **caller.acting))


@door.write("cases/{key}/evidence", right="cases.investigate", answer=EvidenceOut, status=201)
def add_evidence(caller: Caller, key: str, body: EvidenceIn) -> EvidenceOut:
    """A piece of evidence (FB-4.1c); beyond what is needed it says what for (FB-4.1d)"""
    case = found.case(caller, key)
    file = attachment_of("case", case.pk, body.attachment) if body.attachment else None
    said = body.model_dump(exclude={"attachment"})
    return handling.evidence(evidence.add(case, **caller.acting, **said, attachment=file))


@door.write("cases/{key}/technical-check", right="cases.guide", answer=EvidenceOut, status=201)
def record_technical_check(caller: Caller, key: str, body: TechnicalCheckIn) -> EvidenceOut:
    """What a technical check found (FB-4.1e)"""
    case = found.case(caller, key)
    return handling.evidence(evidence.record_technical_check(case, **caller.acting, **body.model_dump()))


@door.write("cases/{key}/staff-statement", right="cases.investigate", answer=EvidenceOut, status=201)
def record_staff_statement(caller: Caller, key: str, body: StaffStatementIn) -> EvidenceOut:
    """What the colleague concerned says (FB-4.1f)"""
    case, staff = found.case(caller, key), found.somebody(body.staff, field="staff")
    made = evidence.record_staff_statement(case, **caller.acting, staff=staff, what=body.what)
    return handling.evidence(Evidence.objects.select_related("staff__person", "by__person").get(pk=made.pk))


@door.write("cases/{key}/cause", right="cases.investigate", answer=CaseRow)
def record_cause(caller: Caller, key: str, body: CauseIn) -> CaseRow:
    """Why it happened and who answers for it (FB-4.1f)"""
    case, department = found.case(caller, key), found.department(body.department) if body.department else None
    finding = body.model_dump(exclude={"department"})
    return show.row_of(investigating.record_cause(case, **caller.acting, **finding, department=department))


@door.write("cases/{key}/solutions", right="cases.solve", answer=SolutionOut, status=201)
def propose_solution(caller: Caller, key: str, body: SolutionIn) -> SolutionOut:
    """Put a solution forward (FB-4.2a, FB-4.2b); above my limit it waits for approval (FB-4.2f)"""
    case = found.case(caller, key)
    return _shown(solving.propose(case, **caller.acting, **body.model_dump()))


@door.write("cases/{key}/solutions/{solution_id}/decision", right="cases.approve", answer=SolutionOut)
def decide_solution(caller: Caller, key: str, solution_id: UUID, body: DecisionIn) -> SolutionOut:
    """Approve a solution, or refuse it with a reason; never one's own (FB-4.2f)"""
    solution = _solution(caller, key, solution_id)
    return _shown(compensation.decide(solution, **caller.acting, approved=body.approved, note=body.note))


@door.write("cases/{key}/solutions/{solution_id}/communication", right="cases.reply", answer=SolutionOut)
def communicate_solution(caller: Caller, key: str, solution_id: UUID, body: CommunicationIn) -> SolutionOut:
    """The solution was discussed with the customer (FB-4.2c, FB-4.2d)"""
    found.channel(body.channel, at=caller.at)
    solution = _solution(caller, key, solution_id)
    return _shown(solving.communicate(solution, **caller.acting, **body.model_dump()))


@door.write("cases/{key}/solutions/{solution_id}/answer", right="cases.reply", answer=SolutionOut)
def answer_solution(caller: Caller, key: str, solution_id: UUID, body: SolutionAnswerIn) -> SolutionOut:
    """The customer accepts or declines"""
    solution = _solution(caller, key, solution_id)
    return _shown(solving.customer_answers(solution, **caller.acting, accepted=body.accepted, note=body.note))


def _solution(caller: Caller, key: str, solution_id: UUID) -> Solution:
    row = found.case(caller, key).solutions.select_related("case").filter(pk=solution_id).first()
    if row is None:
        raise NotFound
    return row


def _shown(made: Solution) -> SolutionOut:
    return handling.solution(
        Solution.objects.select_related("proposed_by__person", "decided_by__person").get(pk=made.pk)
    )
