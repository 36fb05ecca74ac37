"""Reading mailboxes, and the mails that were set aside or belong to a case."""

from __future__ import annotations

from ..correspondence.models import Arrival
from .models import Mailbox, MailIn
from .threads import CHANNEL

ASIDE = ("many", "staff", "auto", "stranger", "too_big")
MOST = 200


def mailboxes() -> list[Mailbox]:
    """All of them, the one added first first."""
    return list(Mailbox.objects.select_related("department").order_by("pk"))


def watched() -> list[int]:
    """The mailboxes that are to be watched. One query."""
    return list(
        Mailbox.objects.filter(is_active=True)
        .exclude(imap_host="")
        .order_by("pk")
        .values_list("pk", flat=True)
    )


def any_set_aside() -> bool:
    """Whether a mail waits for a person's decision. One query on an index."""
    return MailIn.objects.filter(put_away_at=None, note__in=ASIDE).exists()


def set_aside(*, limit: int = MOST) -> list[MailIn]:
    """Mails that wait for a person's decision, the newest first. One query."""
    rows = MailIn.objects.filter(put_away_at=None, note__in=ASIDE).select_related("mailbox", "inbound")
    return list(rows.order_by("-at", "-pk")[: min(limit, MOST)])


def known_mail(mail_id: int) -> MailIn | None:
    """The mail with its mailbox and its bytes."""
    return MailIn.objects.select_related("mailbox", "inbound").filter(pk=mail_id).first()


def arrival_of(mail: MailIn) -> Arrival | None:
    """The mail's place in the conversation, or beside it."""
    if not mail.name:
        return None
    return Arrival.objects.filter(channel=CHANNEL, outside_id=mail.name).first()
