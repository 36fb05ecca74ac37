"""The engine on the database: the reaction to every journal entry."""

from __future__ import annotations

from typing import Any

from goodword.base.people.actors import SYSTEM
from goodword.engine.journal.models import Entry
from goodword.engine.journal.recording import record

from . import models
from .engine import ALARMS, RECOMPUTED, happen
from .kinds import BREACHED
from .rows import fields_of, happened, subject_fields, subject_of, value_of
from .rules_in_force import rules_in_force
from .ticking import key_facts
from .values import Key, Obligation, Subject


def apply_entry(entry: Entry) -> None:
    """Start, meet, release, supersede, pause or resume the obligations of the entry's subject.

    Runs in the entry's transaction. The journal has locked the subject's head, so entries of one subject come one
    by one. Entries that neither a binding names nor change the context cost one comparison.
    """
    if entry.kind in ALARMS or entry.kind == RECOMPUTED:
        return
    rules = rules_in_force()
    what = happened(entry)
    if entry.kind not in rules.kinds and not what.context and not entry.kind.startswith("obligation."):
        return
    row = models.SubjectState.objects.filter(subject_type=what.subject[0], subject_id=what.subject[1]).first()
    rows = {}
    if row is not None:
        open_rows = models.Obligation.objects.filter(
            subject_type=what.subject[0], subject_id=what.subject[1], state="open"
        ).order_by("started_at", "pk")
        rows = {value_of(r).key: r for r in open_rows}
    before = subject_of(row) if row is not None else Subject()
    after, changed = happen(before, [value_of(r) for r in rows.values()], what, rules)
    _write(changed, rows)
    for value in changed:
        if value.key in rows and _ended_late_unnoticed(rows[value.key], value):
            _journal_breach(rows[value.key], value)
    if row is None:
        models.SubjectState.objects.create(
            subject_type=what.subject[0], subject_id=what.subject[1], **subject_fields(after)
        )
    elif news := _differing(subject_fields(before), subject_fields(after)):
        models.SubjectState.objects.filter(pk=row.pk).update(**news)


def _write(changed: list[Obligation], rows: dict[Key, models.Obligation]) -> None:
    """Write what changed; a repeating duty may end one obligation and begin the next by one entry."""
    fresh = []
    for value in changed:
        row = rows.get(value.key)
        if row is None:
            fresh.append(models.Obligation(**fields_of(value)))
        else:
            news = _differing(fields_of(value_of(row)), fields_of(value))
            models.Obligation.objects.filter(pk=row.pk).update(**news)
    if fresh:
        models.Obligation.objects.bulk_create(fresh)


def _ended_late_unnoticed(row: models.Obligation, value: Obligation) -> bool:
    """Whether the entry ended it past its due time before a worker came to say so."""
    return (
        value.state != "open"
        and value.breached_at is not None
        and row.breached_at is None
        and not row.history
    )


def _journal_breach(row: models.Obligation, value: Obligation) -> None:
    """No lateness without its entry. Nobody needs to be told: it is over."""
    facts = {**key_facts(row), "due_at": row.due_at.isoformat(), "settled": True}
    assert value.breached_at is not None
    record(
        BREACHED, row.subject_id, subject_type=row.subject_type, by=SYSTEM, at=value.breached_at, facts=facts
    )


def _differing(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """The columns that are to be written."""
    return {name: value for name, value in after.items() if value != before[name]}
