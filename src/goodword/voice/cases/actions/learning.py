"""A person's labels beside the reader's proposal: where they differ is kept, to be learnt from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from goodword.base.core.inserting import insert_all

from .. import states
from ..models import Case, Label


def learn(case: Case, chosen: Mapping[str, str], *, at: datetime) -> list[str]:
    """Keep where the person chose otherwise than the reader proposed; returns the names of those labels.

    chosen: {dimension: code}; an empty code says nothing. Corrections of before, of the dimensions given, go.
    """
    if case.state != states.RECEIVED:
        Label.objects.filter(case=case, name__in=list(chosen)).delete()
    corrections = [
        Label(
            case=case,
            name=name,
            proposed=proposed.get("label") or "",
            chosen=code,
            probability=proposed.get("p", 0),
            at=at,
        )
        for name, code in chosen.items()
        if code and code != ((proposed := case.proposal.get(name) or {}).get("label") or "")
    ]
    insert_all(corrections)
    return [correction.name for correction in corrections]
