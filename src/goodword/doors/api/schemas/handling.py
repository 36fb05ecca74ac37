"""How a case is handled, as it is shown."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel

from .common import PersonOut


class RoundOut(BaseModel):
    """One pass: investigate, solve, carry out, call back."""

    number: int
    reason: str
    started_at: datetime
    investigator: PersonOut | None
    investigation_started_at: datetime | None
    cause: str
    cause_note: str
    responsible_party: str
    carrying_out_at: datetime | None
    done_at: datetime | None
    ended_at: datetime | None


class SolutionOut(BaseModel):
    """A solution as put forward, and what became of it."""

    id: UUID
    round: int
    version: int
    type: str
    what: str
    deadline_at: datetime
    acceptance: str
    compensation_kind: str
    compensation_amount: str
    approval: str
    approver_role: str
    proposed_by: PersonOut
    proposed_at: datetime
    decided_by: PersonOut | None
    decided_at: datetime | None
    communicated_at: datetime | None
    communicated_via: str
    answer: str
    answered_at: datetime | None


class StepOut(BaseModel):
    """One step of carrying out."""

    round: int
    number: int
    what: str
    owner: PersonOut | None
    due_at: datetime | None
    done_at: datetime | None
    done_by: PersonOut | None


class EvidenceOut(BaseModel):
    """A piece of evidence, a technical check or a staff statement."""

    id: int
    round: int
    kind: str
    what: str
    result: str
    remote: bool
    staff: PersonOut | None
    attachment: UUID | None
    asked_of_customer: bool
    by: PersonOut | None
    at: datetime


class HandoverOut(BaseModel):
    """FB-3.2d: who handed over to whom, and whether the information was complete."""

    id: int
    from_department: str | None
    to_department: str
    from_person: PersonOut | None
    to_person: PersonOut | None
    complete: bool
    missing: list[str]
    note: str
    at: datetime


class HelpOut(BaseModel):
    """A department asked to help."""

    id: UUID
    department: str
    question: str
    asked_by: PersonOut
    asked_at: datetime
    state: str
    answer_kind: str
    answer: str
    answered_by: PersonOut | None
    answered_at: datetime | None


class HelpsOut(BaseModel):
    """Several requests for help."""

    items: list[HelpOut]


class PhoneTaskOut(BaseModel):
    """FB-3.2b: whom to ring about an urgent case, and who is next in line."""

    id: int
    department: str
    state: str
    target: PersonOut | None
    position: int
    opened_at: datetime
    next_at: datetime | None


class CallbackOut(BaseModel):
    """The callback of a round."""

    round: int
    caller: PersonOut
    outcome: str
    solved: bool | None
    satisfaction: int | None
    satisfied: bool | None
    words: str
    may_quote: bool
    at: datetime


class MessageOut(BaseModel):
    """A message to or from the customer, masked."""

    id: int
    direction: str
    channel: str
    purpose: str
    text: str
    phrases: list[str]
    at: datetime


class NoteOut(BaseModel):
    """A note among colleagues."""

    id: int
    text: str
    at: datetime
