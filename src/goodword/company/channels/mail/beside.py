"""The mails of a case: behind its messages, and set aside beside it."""

from __future__ import annotations

from uuid import UUID

from ..correspondence.models import Arrival
from .models import MailIn
from .queries import MOST
from .threads import CHANNEL


def mails_of(case_id: UUID) -> dict[int, int]:
    """{message: its mail} of a case, for the link to the whole mail. Two queries."""
    arrivals = Arrival.objects.filter(case_id=case_id, channel=CHANNEL, held="").order_by("-at")
    names = dict(arrivals.exclude(message_id=None).values_list("outside_id", "message_id")[:MOST])
    if not names:
        return {}
    found = MailIn.objects.filter(name__in=list(names)).values_list("name", "pk")
    return {message: pk for name, pk in found if (message := names.get(name or "")) is not None}


def held_beside(case_id: UUID) -> list[MailIn]:
    """Mails set aside that answer to a case. Two queries."""
    arrivals = Arrival.objects.filter(case_id=case_id, channel=CHANNEL).exclude(held="")
    names = list(arrivals.order_by("-at").values_list("outside_id", flat=True)[:20])
    if not names:
        return []
    rows = MailIn.objects.filter(name__in=names, put_away_at=None).select_related("mailbox")
    return list(rows.order_by("at", "pk"))
