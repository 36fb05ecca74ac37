"""When next year's calendar arrives: due times that rested on a guess are computed anew."""

from __future__ import annotations

from datetime import datetime

from goodword.base.core.transactions import one_fact
from goodword.base.people.actors import Actor
from goodword.engine.journal.recording import lock_subject, record

from ..engine import retimed
from ..kinds import RECOMPUTED
from ..models import Obligation
from ..rows import fields_of, value_of
from ..rules_in_force import rules_in_force
from ..ticking import key_facts


def recompute_provisional(*, by: Actor, at: datetime) -> int:
    """Move every open provisional obligation to its calendar's newest version; returns how many due times changed.

    Effects, one transaction each: `obligation.recomputed` with the old and the new due time; the row.
    """
    rules = rules_in_force()
    changed = 0
    for found in Obligation.objects.filter(state="open", provisional=True).iterator():
        with one_fact():
            lock_subject(found.subject_type, found.subject_id)
            row = Obligation.objects.filter(pk=found.pk, state="open", provisional=True).first()
            if row is None:
                continue
            before = value_of(row)
            duty = rules.duty(row.clause_id, row.edition)
            after = retimed(before, duty, rules.calendar(duty.binding.calendar))
            if after == before:
                continue
            changed += after.due_at != before.due_at
            facts = {
                **key_facts(row),
                "old_due_at": before.due_at.isoformat(),
                "due_at": after.due_at.isoformat(),
                "calendar_version": after.calendar_version,
            }
            record(RECOMPUTED, row.subject_id, subject_type=row.subject_type, by=by, at=at, facts=facts)
            Obligation.objects.filter(pk=row.pk).update(**fields_of(after))
    return changed
