"""Reading mailboxes, and the mails that were set aside or belong to a case."""

from __future__ import annotations

from uuid import UUID

from ..correspondence.models import Arrival
from .models import Mailbox, MailIn
from .threads import CHANNEL

ASIDE = ("many", "staff", "auto", "stranger", "too_big")
MOST = 200


def mailboxes() -> list[Mailbox]:
    """All of them, the one added first first."""
    return list(Mailbox.objects.select_related("department").order_by("pk"))


def is_set_up() -> bool:
    """Whether there is a mailbox at all: until then nothing shows. One query."""
    return Mailbox.objects.exists()


def watched() -> list[int]:
    """The mailboxes that are to be watched. One query."""
    return list(
        Mailbox.objects.filter(is_active=True)
        .exclude(imap_host="")
        .order_by("pk")
        .values_list("pk", flat=True)
    )


def set_aside(*, limit: int = MOST) -> list[MailIn]:
    """Mails that wait for a person's decision, the newest first. One query."""
    rows = MailIn.objects.filter(put_away_at=None, note__in=ASIDE).select_related("mailbox", "inbound")
    return list(rows.order_by("-at", "-pk")[: min(limit, MOST)])


def arrival_of(mail: MailIn) -> Arrival | None:
    """The mail's place in the conversation, or beside it."""
    if not mail.name:
        return None
    return Arrival.objects.filter(channel=CHANNEL, outside_id=mail.name).first()


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
