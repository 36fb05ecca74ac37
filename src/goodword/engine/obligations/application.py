"""The engine on the database: the reaction to every journal entry."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from goodword.base.core.inserting import insert_all
from goodword.base.core.updating import update_where
from goodword.base.people.actors import SYSTEM
from goodword.engine.journal.models import Entry
from goodword.engine.journal.reactions import together
from goodword.engine.journal.recording import record

from . import models
from .engine import ALARMS, RECOMPUTED, happen
from .kinds import BREACHED
from .rows import fields_of, happened, subject_fields, subject_of, value_of
from .rulebook import Rulebook
from .rules_in_force import rules_in_force
from .ticking import key_facts
from .values import Happened, Key, Obligation, Subject


def apply_entry(entry: Entry) -> None:
    """`apply_entries` for one."""
    apply_entries([entry])


@together
def apply_entries(entries: Sequence[Entry]) -> None:
    """Start, meet, release, supersede, pause or resume the obligations of the entries' subjects.

    Runs in the entries' transaction. The journal has locked each subject's head, so entries of one subject come one
    by one. Entries that neither a binding names nor change the context cost one comparison; of several entries of a
    subject only what they come to is written.
    """
    concerned = [entry for entry in entries if entry.kind not in ALARMS and entry.kind != RECOMPUTED]
    if not concerned:
        return
    rules = rules_in_force()
    subjects: dict[tuple[str, str], list[Happened]] = {}
    unheard_of = {(entry.subject_type, entry.subject_id) for entry in entries if entry.number == 1}
    for entry in concerned:
        what = happened(entry)
        if entry.kind in rules.kinds or what.context or entry.kind.startswith("obligation."):
            subjects.setdefault(what.subject, []).append(what)
    standing = []
    for subject, happenings in subjects.items():
        one = _Standing(subject, known=subject not in unheard_of)
        one.move_on(happenings, rules)
        standing.append(one)
    _write(standing)
    for one in standing:
        for value in one.late:
            _journal_breach(one.rows[value.key], value)


class _Standing:
    """Where a subject stands: its state and its open obligations, read once, and what the entries make of them.

    known: False when its first entry is among those to be applied; then there is nothing to read. late: what ended
    past its due time before a worker came to say so.
    """

    def __init__(self, subject: tuple[str, str], *, known: bool) -> None:
        self.named = {"subject_type": subject[0], "subject_id": subject[1]}
        self.rows: dict[Key, models.Obligation] = {}
        self.stored: dict[Key, Obligation] = {}
        self.late: list[Obligation] = []
        state = models.SubjectState.objects.filter(**self.named).first() if known else None
        self.state_id = state.pk if state is not None else None
        self.before = self.after = subject_of(state) if state is not None else Subject()
        if state is not None:
            open_rows = models.Obligation.objects.filter(**self.named, state="open")
            for row in open_rows.order_by("started_at", "pk"):
                value = value_of(row)
                self.rows[value.key], self.stored[value.key] = row, value
        self.values = dict(self.stored)

    def move_on(self, happenings: Sequence[Happened], rules: Rulebook) -> None:
        """Let the engine decide entry by entry."""
        for what in happenings:
            running = [value for value in self.values.values() if value.state == "open"]
            self.after, changed = happen(self.after, running, what, rules)
            for value in changed:
                if _ended_late_unnoticed(self.values.get(value.key), value):
                    self.late.append(value)
                self.values[value.key] = value


def _write(standing: Sequence[_Standing]) -> None:
    """What the entries came to, new rows of all subjects together.

    A repeating duty may end one obligation and begin the next by one entry; paused and resumed may be as before.
    """
    begun, states = [], []
    for one in standing:
        for key, value in one.values.items():
            if key not in one.stored:
                one.rows[key] = models.Obligation(**fields_of(value))
                begun.append(one.rows[key])
            elif news := _differing(fields_of(one.stored[key]), fields_of(value)):
                update_where(models.Obligation, {"pk": one.rows[key].pk}, news)
        if one.state_id is None:
            states.append(models.SubjectState(**one.named, **subject_fields(one.after)))
        elif news := _differing(subject_fields(one.before), subject_fields(one.after)):
            update_where(models.SubjectState, {"pk": one.state_id}, news)
    insert_all(begun)
    insert_all(states)


def _ended_late_unnoticed(before: Obligation | None, after: Obligation) -> bool:
    """Whether the entry ended it past its due time before a worker came to say so."""
    return (
        before is not None
        and after.state != "open"
        and after.breached_at is not None
        and before.breached_at is None
        and not before.history
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
