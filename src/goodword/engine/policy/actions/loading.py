"""Loading the packs: the first edition of every clause."""

from __future__ import annotations

from datetime import datetime

from ..models import ClauseEdition
from ..reading import read_packs


def load_packs(*, at: datetime) -> int:
    """Make the first edition of every clause that has none; returns how many were made.

    A company's own editions are never touched: a newer pack brings new clauses, not new figures.
    """
    known = set(ClauseEdition.objects.values_list("clause_id", flat=True))
    fresh = [
        ClauseEdition(
            clause_id=clause.id,
            number=1,
            holds_from=pack.edition.holds_from,
            values=dict(clause.values),
            note=pack.edition.note.zh,
            state="approved",
            proposed_at=at,
            decided_at=at,
        )
        for pack in read_packs()
        for clause in pack.clauses
        if clause.id not in known
    ]
    return len(ClauseEdition.objects.bulk_create(fresh))
