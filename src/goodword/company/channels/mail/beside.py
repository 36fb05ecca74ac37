"""The mails of a case: behind its messages, and set aside beside it."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from ..correspondence.models import Arrival
from .models import MailIn
from .threads import CHANNEL

MOST = 40


def mails_of(case_id: UUID) -> list[MailIn]:
    """The mails a case was written in, the oldest first. Two queries."""
    return _mails(Arrival.objects.filter(case_id=case_id, channel=CHANNEL, held=""))


def held_beside(case_id: UUID) -> list[MailIn]:
    """Mails set aside that answer to a case, and that nobody put away. Two queries."""
    held = Arrival.objects.filter(case_id=case_id, channel=CHANNEL).exclude(held="")
    return [mail for mail in _mails(held) if mail.put_away_at is None]


def _mails(arrivals: QuerySet[Arrival]) -> list[MailIn]:
    names = list(arrivals.order_by("-at").values_list("outside_id", flat=True)[:MOST])
    rows = MailIn.objects.filter(name__in=names).select_related("mailbox__department") if names else []
    return sorted(rows, key=lambda mail: (mail.at, mail.pk))
