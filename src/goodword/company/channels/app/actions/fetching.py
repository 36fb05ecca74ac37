"""Lines that have reached the customer's screen."""

from __future__ import annotations

from datetime import datetime

from goodword.base.core.transactions import one_fact

from ...correspondence.actions.heard import delivered
from ...correspondence.models import Party
from ..models import ChatLine
from ..sending import name_of
from ..visiting import CHANNEL

MOST = 200


def fetched(party: Party, *, at: datetime, until: int | None = None) -> int:
    """The party's screen has its lines, those up to line `until` where one is named. Returns how many were new.

    Effects: the lines; their letters are delivered.
    """
    rows = ChatLine.objects.filter(party_id=party.pk, fetched_at=None)
    if until is not None:
        rows = rows.filter(pk__lte=until)
    with one_fact():
        new = list(rows.order_by("pk")[:MOST])
        for line in new:
            if ChatLine.objects.filter(pk=line.pk, fetched_at=None).update(fetched_at=at):
                delivered(CHANNEL, name_of(line.letter_id), at=at)
    return len(new)
