"""Cases as they are shown: a row of a list, and everything about one."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field

from .common import CustomerRef, PersonOut
from .customers import ContactOut
from .handling import (
    CallbackOut,
    EvidenceOut,
    HandoverOut,
    HelpOut,
    PhoneTaskOut,
    RoundOut,
    SolutionOut,
    StepOut,
)
from .obligations import ObligationOut


class DueOut(BaseModel):
    """The most pressing open obligation."""

    id: UUID
    clause: str
    due_at: datetime
    late: bool


class CaseRow(BaseModel):
    """A case in a list. Labels are codes of `/labels`; free text is masked."""

    id: UUID
    number: int
    state: str
    round: int
    channel: str
    kind: str
    content: str
    subclass: str
    severity: str
    device_type: str
    stage: str
    sentiment: str
    subject: str
    customer: CustomerRef | None
    order: str | None = Field(description="The order's number.")
    department: str | None = Field(description="The code of the department that answers for it.")
    assignee: PersonOut | None
    owner: PersonOut | None
    urgent_need: bool
    supervisor_needed: bool
    waiting_since: datetime | None
    received_at: datetime
    changed_at: datetime
    done_at: datetime | None
    closed_at: datetime | None
    history: bool
    next_due: DueOut | None


class CasePage(BaseModel):
    """A page of cases, the newest first."""

    items: list[CaseRow]
    next: str | None


class ElementOut(BaseModel):
    """An element of the record (FB-2.2e) that is not there yet."""

    code: str
    zh: str
    en: str


class MissingOut(BaseModel):
    """What still stands before closing, with the clauses that ask for it."""

    zh: str
    en: str
    clauses: list[str]


class LinkOut(BaseModel):
    """A case this one has to do with."""

    number: int
    relation: str


class DuplicateOut(BaseModel):
    """A case that looks like the same matter; a person decides."""

    id: int
    number: int
    nearness: float
    state: str


class CaseOut(CaseRow):
    """Everything about a case."""

    text: str
    contact: ContactOut | None
    device: str | None = Field(description="Its serial number.")
    scene: str
    asks: str
    asked_by_at: datetime | None
    waiting_for: str
    assessment: str
    assessment_reason: str
    merged_into: int | None
    proposal: dict[str, Any] = Field(
        description="What the language reader proposed: {dimension: {label, p, words}}, a null label is unclassified; "
        "of the severity also `urgent`, the chance that it is. Words that are masked in the text are left out."
    )
    read_by: str = Field(description="The version of the model that read it; empty for none.")
    labelled_at: datetime | None = Field(description="When a person last gave or confirmed the labels.")
    missing_elements: list[ElementOut]
    missing_to_close: list[MissingOut]
    rounds: list[RoundOut]
    obligations: list[ObligationOut]
    solutions: list[SolutionOut]
    steps: list[StepOut]
    evidence: list[EvidenceOut]
    handovers: list[HandoverOut]
    helps: list[HelpOut]
    phone_tasks: list[PhoneTaskOut]
    callbacks: list[CallbackOut]
    callback_attempts: int
    links: list[LinkOut]
    duplicates: list[DuplicateOut]


class TimelineEntry(BaseModel):
    """One moment of the case: an entry of the journal, a message, or a note; the oldest first."""

    at: datetime
    what: str = Field(description="act, message or note.")
    kind: str = Field(description="The journal entry's kind; for a message in or out.")
    title: str
    by: str
    text: str
    facts: dict[str, Any]


class Timeline(BaseModel):
    """What happened."""

    items: list[TimelineEntry]


class Labels(BaseModel):
    """The catalogues a case is classed by, from the policy of today."""

    catalogues: dict[str, list[dict[str, Any]]]
