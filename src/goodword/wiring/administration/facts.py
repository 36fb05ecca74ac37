"""One fact of administration: its journal entry in the company's chain, in the transaction of what it tells of."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from goodword.base.people.actors import Actor
from goodword.engine.journal.kinds import Kind
from goodword.engine.journal.recording import lock_subject, record

from .kinds import COMPANY


def begin() -> None:
    """Take the company's place in line before its rows are read and written."""
    lock_subject(*COMPANY)


def journal(kind: Kind, *, by: Actor, at: datetime, **facts: Any) -> None:
    """Journal what was decided."""
    record(kind, COMPANY[1], by=by, at=at, facts=facts)
