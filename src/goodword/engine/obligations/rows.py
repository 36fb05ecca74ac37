"""Between rows and plain values."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from goodword.engine.journal.kinds import kind_named
from goodword.engine.journal.models import Entry

from . import models
from .values import Bearing, Happened, Key, Obligation, Pause, Subject

PLAIN = (
    "edition", "calendar_version", "amount", "unit", "started_at", "warn_at", "due_at", "wake_at", "provisional",
    "state", "warned_at", "breached_at", "level", "ended_at", "used_for", "elapsed_for", "history",
)  # fmt: skip


def happened(entry: Entry) -> Happened:
    """The entry as the engine sees it."""
    kept = kind_named(entry.kind).context
    return Happened(
        kind=entry.kind,
        subject=(entry.subject_type, entry.subject_id),
        at=entry.at,
        facts=entry.facts,
        context={key: value for key, value in entry.facts.items() if key in kept},
        entry_id=entry.pk,
    )


def value_of(row: models.Obligation) -> Obligation:
    """The plain value of a row."""
    return Obligation(
        key=Key(row.clause_id, (row.subject_type, row.subject_id), row.round_no, row.occurrence, row.period),
        bearing=Bearing(row.bearer_role, row.bearer_department, row.bearer_account_id),
        pauses=pauses_of(row.pauses),
        started_by=row.started_by_id,
        ended_by=row.ended_by_id or 0,
        **{name: getattr(row, name) for name in PLAIN},
    )


def fields_of(value: Obligation) -> dict[str, Any]:
    """The columns of a plain value, its key included."""
    return {
        "clause_id": value.key.clause_id,
        "subject_type": value.key.subject[0],
        "subject_id": value.key.subject[1],
        "round_no": value.key.round_no,
        "occurrence": value.key.occurrence,
        "period": value.key.period,
        "bearer_role": value.bearing.role,
        "bearer_department": value.bearing.department,
        "bearer_account_id": value.bearing.account_id,
        "pauses": [[start.isoformat(), end.isoformat() if end else None] for start, end in value.pauses],
        "started_by_id": value.started_by,
        "ended_by_id": value.ended_by or None,
        **{name: getattr(value, name) for name in PLAIN},
    }


def pauses_of(written: list[list[str | None]]) -> tuple[Pause, ...]:
    """The pauses of a row's column."""
    return tuple(_pause(str(start), end) for start, end in written)


def _pause(start: str, end: str | None) -> Pause:
    return datetime.fromisoformat(start), datetime.fromisoformat(end) if end else None


def subject_of(row: models.SubjectState) -> Subject:
    """The plain value of a subject's row."""
    return Subject(
        round_no=row.round_no,
        context=row.context,
        seen=row.seen,
        tally={clause: (count[0], count[1], count[2]) for clause, count in row.tally.items()},
    )


def subject_fields(subject: Subject) -> dict[str, Any]:
    """The columns of a subject."""
    return {
        "round_no": subject.round_no,
        "context": dict(subject.context),
        "seen": {kind: dict(facts) for kind, facts in subject.seen.items()},
        "tally": {clause: list(count) for clause, count in subject.tally.items()},
    }
