"""Clauses of the regulations, as they are shown."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from pydantic import BaseModel

from .common import PersonOut


class TallyOut(BaseModel):
    """How a clause fared. in_time and late are met; overdue is open and past due; share is of the decided."""

    clause: str
    started: int
    in_time: int
    late: int
    overdue: int
    open: int
    missed: int
    waived: int
    superseded: int
    released: int
    decided: int
    share: float | None


class Compliance(BaseModel):
    """How each clause fared over the obligations started in [from, to)."""

    items: list[TallyOut]


class ClauseRow(BaseModel):
    """A clause in a list."""

    id: str
    kind: str
    cite: str
    title_zh: str
    title_en: str
    bound: bool
    planned: str | None


class ClauseList(BaseModel):
    """Clauses."""

    items: list[ClauseRow]


class EditionOut(BaseModel):
    """The figures a clause had from a day on, and who decided so."""

    number: int
    holds_from: date
    values: dict[str, Any]
    note: str
    state: str
    proposed_by: PersonOut | None
    proposed_at: datetime
    decided_by: PersonOut | None
    decided_at: datetime | None


class ClauseOut(ClauseRow):
    """A clause: its words, today's figures, its editions, how it fared."""

    words_zh: str
    words_en: str
    soft: bool
    bound_by: list[str]
    values: dict[str, Any]
    editions: list[EditionOut]
    tally: TallyOut | None
