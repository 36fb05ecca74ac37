"""The engine on the database: the reaction to every journal entry."""

from __future__ import annotations

from typing import Any

from goodword.engine.journal.models import Entry

from . import models
from .engine import ALARMS, RECOMPUTED, happen
from .rows import fields_of, happened, subject_fields, subject_of, value_of
from .rules_in_force import rules_in_force
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


def _differing(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """The columns that are to be written."""
    return {name: value for name, value in after.items() if value != before[name]}
