"""Obligations as they are shown."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, Field

from .common import In, PersonOut, Said


class WhyOut(BaseModel):
    """Why a duty runs: the clause in words, its allowance, and the entry that started it."""

    cite: str
    title_zh: str
    title_en: str
    allowance: str = Field(examples=["10 wmin", "2 h", "3 wd"])
    edition: int
    started_by: str = Field(description="The kind of the journal entry that started it.")
    started_by_entry: int


class ObligationOut(BaseModel):
    """One instance of a duty: who owes what to what, until when, and what became of it."""

    id: UUID
    clause: str
    subject_type: str
    subject_id: str
    case: int | None = Field(description="The case's number, when it is about one.")
    round: int
    state: str
    late: bool
    paused: bool
    provisional: bool
    level: int
    bearer_role: str
    bearer_department: str
    bearer: PersonOut | None
    started_at: datetime
    warn_at: datetime
    due_at: datetime
    ended_at: datetime | None
    used_for: int | None = Field(description="Seconds of its clock used when it ended.")
    why: WhyOut


class ObligationPage(BaseModel):
    """A page of obligations, the most pressing first."""

    items: list[ObligationOut]
    next: str | None


class WaiverIn(In):
    """Why the duty is waived."""

    reason: Said
