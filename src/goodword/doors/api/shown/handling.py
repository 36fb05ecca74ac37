"""What was done on a case, shown. Free text is masked: people write telephone numbers anywhere."""

from __future__ import annotations

from goodword.base.core.masks import mask_text
from goodword.voice.cases.models import (
    Callback,
    Evidence,
    Handover,
    Help,
    Message,
    Note,
    PhoneTask,
    Round,
    Solution,
    Step,
)

from ..schemas.handling import (
    CallbackOut,
    EvidenceOut,
    HandoverOut,
    HelpOut,
    MessageOut,
    NoteOut,
    PhoneTaskOut,
    RoundOut,
    SolutionOut,
    StepOut,
)
from .people import person, somebody


def round_of(row: Round) -> RoundOut:
    """A round."""
    return RoundOut(
        number=row.number,
        reason=row.reason,
        started_at=row.started_at,
        investigator=person(row.investigator),
        investigation_started_at=row.investigation_started_at,
        cause=row.cause,
        cause_note=mask_text(row.cause_note),
        responsible_party=row.responsible_party,
        carrying_out_at=row.carrying_out_at,
        done_at=row.done_at,
        ended_at=row.ended_at,
    )


def solution(row: Solution) -> SolutionOut:
    """A solution."""
    return SolutionOut(
        id=row.pk,
        round=row.round_no,
        version=row.version,
        type=row.type,
        what=mask_text(row.what),
        deadline_at=row.deadline_at,
        acceptance=mask_text(row.acceptance),
        compensation_kind=row.compensation_kind,
        compensation_amount=f"{row.compensation_amount:.2f}",
        approval=row.approval,
        approver_role=row.approver_role,
        proposed_by=somebody(row.proposed_by),
        proposed_at=row.proposed_at,
        decided_by=person(row.decided_by),
        decided_at=row.decided_at,
        communicated_at=row.communicated_at,
        communicated_via=row.communicated_via,
        answer=row.answer,
        answered_at=row.answered_at,
    )


def step(row: Step) -> StepOut:
    """A step."""
    return StepOut(
        round=row.round_no,
        number=row.number,
        what=mask_text(row.what),
        owner=person(row.owner),
        due_at=row.due_at,
        done_at=row.done_at,
        done_by=person(row.done_by),
    )


def evidence(row: Evidence) -> EvidenceOut:
    """A piece of evidence."""
    return EvidenceOut(
        id=row.pk,
        round=row.round_no,
        kind=row.kind,
        what=mask_text(row.what),
        result=row.result,
        remote=row.remote,
        staff=person(row.staff),
        attachment=row.attachment_id,
        asked_of_customer=row.asked_of_customer,
        by=person(row.by),
        at=row.at,
    )


def handover(row: Handover) -> HandoverOut:
    """A handover."""
    return HandoverOut(
        id=row.pk,
        from_department=row.from_department.code if row.from_department else None,
        to_department=row.to_department.code,
        from_person=person(row.from_account),
        to_person=person(row.to_account),
        complete=row.complete,
        missing=list(row.missing),
        note=mask_text(row.note),
        at=row.at,
    )


def help_of(row: Help) -> HelpOut:
    """A request for help."""
    return HelpOut(
        id=row.pk,
        department=row.department.code,
        question=mask_text(row.question),
        asked_by=somebody(row.asked_by),
        asked_at=row.asked_at,
        state=row.state,
        answer_kind=row.answer_kind,
        answer=mask_text(row.answer),
        answered_by=person(row.answered_by),
        answered_at=row.answered_at,
    )


def phone_task(row: PhoneTask) -> PhoneTaskOut:
    """A telephone task."""
    return PhoneTaskOut(
        id=row.pk,
        department=row.department.code,
        state=row.state,
        target=person(row.target),
        position=row.position,
        opened_at=row.opened_at,
        next_at=row.next_at,
    )


def callback(row: Callback) -> CallbackOut:
    """A callback."""
    return CallbackOut(
        round=row.round_no,
        caller=somebody(row.caller),
        outcome=row.outcome,
        solved=row.solved,
        satisfaction=row.satisfaction,
        satisfied=row.satisfied,
        words=mask_text(row.words),
        may_quote=row.may_quote,
        at=row.at,
    )


def message(row: Message) -> MessageOut:
    """A message."""
    return MessageOut(
        id=row.pk,
        direction=row.direction,
        channel=row.channel,
        purpose=row.purpose,
        text=mask_text(row.text),
        phrases=[_phrase(found) for found in row.phrases],
        at=row.at,
    )


def _phrase(found: object) -> str:
    return str(found.get("phrase", "")) if isinstance(found, dict) else str(found)


def note(row: Note) -> NoteOut:
    """A note."""
    return NoteOut(id=row.pk, text=mask_text(row.text), at=row.at)
