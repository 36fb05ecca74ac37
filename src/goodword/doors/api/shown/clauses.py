"""Clauses shown."""

from __future__ import annotations

from datetime import date
from typing import Any

from goodword.base.core.masks import mask_text
from goodword.engine.obligations.queries import Tally
from goodword.engine.policy.models import ClauseEdition
from goodword.engine.policy.queries import editions_of, values_of
from goodword.engine.policy.schema import Clause

from ..schemas.clauses import ClauseOut, ClauseRow, EditionOut, TallyOut
from .people import person


def row(clause: Clause) -> ClauseRow:
    """A clause in a list."""
    return ClauseRow(**_common(clause))


def whole(clause: Clause, *, on: date, tally: Tally | None) -> ClauseOut:
    """Everything about a clause as it holds `on` a day."""
    return ClauseOut(
        **_common(clause),
        words_zh=clause.words.zh,
        words_en=clause.words.en,
        soft=clause.soft,
        bound_by=list(clause.bound_by),
        values=dict(values_of(clause.id, on=on)),
        editions=[_edition(edition) for edition in editions_of(clause.id)],
        tally=counted(tally) if tally else None,
    )


def counted(tally: Tally) -> TallyOut:
    """A tally."""
    return TallyOut(
        clause=tally.clause_id,
        started=tally.started,
        in_time=tally.in_time,
        late=tally.late,
        overdue=tally.overdue,
        open=tally.open,
        missed=tally.missed,
        waived=tally.waived,
        superseded=tally.superseded,
        released=tally.released,
        decided=tally.decided,
        share=tally.share,
    )


def _common(clause: Clause) -> dict[str, Any]:
    return {
        "id": clause.id,
        "kind": clause.kind,
        "cite": clause.cite,
        "title_zh": clause.title.zh,
        "title_en": clause.title.en,
        "bound": clause.is_bound,
        "planned": clause.planned,
    }


def _edition(edition: ClauseEdition) -> EditionOut:
    return EditionOut(
        number=edition.number,
        holds_from=edition.holds_from,
        values=edition.values,
        note=mask_text(edition.note),
        state=edition.state,
        proposed_by=person(edition.proposed_by),
        proposed_at=edition.proposed_at,
        decided_by=person(edition.decided_by),
        decided_at=edition.decided_at,
    )
