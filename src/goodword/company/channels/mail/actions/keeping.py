"""A mail from the server is kept byte for byte, sealed, and the mailbox's pointer moves on with it."""

from __future__ import annotations

import hashlib
from datetime import datetime

from goodword.base.core.masks import mask_text
from goodword.base.core.transactions import one_fact

from ...actions.receiving import keep
from ..models import Mailbox, MailIn
from ..threads import CHANNEL

TOO_BIG = "{size} MB：超过 25 MB，只取了信头 / more than 25 MB: only its header was fetched"


def keep_mail(
    box: Mailbox, uid: int, raw: bytes, *, at: datetime, is_whole: bool = True, size: int = 0
) -> MailIn:
    """Keep the mail and move the pointer behind it, in one fact: a crash leaves both or neither.

    The same bytes again (the server numbered its mails anew) are the same mail. is_whole: False for one that is too big,
    of which `raw` is the header; size: in bytes, what the server says.
    """
    digest = hashlib.sha256(raw).hexdigest()
    with one_fact():
        inbound, _ = keep(CHANNEL, f"{box.pk}:{digest}", raw, received_at=at, sealed=True)
        note = {} if is_whole else {"note": "too_big", "said": TOO_BIG.format(size=round(size / 2**20))}
        mail, _ = MailIn.objects.get_or_create(
            inbound=inbound, defaults={"mailbox": box, "uid": uid, "at": at, **note}
        )
        rows = Mailbox.objects.filter(pk=box.pk, validity=box.validity, last_uid__lt=uid)
        rows.update(last_uid=uid, mail_at=at)
    box.last_uid = max(box.last_uid, uid)
    return mail


def start_anew(box: Mailbox, validity: int) -> None:
    """The server numbers its mails anew, or for the first time: all are looked at once more, known ones stay known."""
    Mailbox.objects.filter(pk=box.pk).update(validity=validity, last_uid=0)
    box.validity, box.last_uid = validity, 0


def looked(box: Mailbox, *, at: datetime) -> None:
    """A look went well."""
    Mailbox.objects.filter(pk=box.pk).update(looked_at=at, failures=0, error="")


def failed(box: Mailbox, why: str, *, at: datetime) -> int:
    """A look failed; how many did in a row."""
    row = Mailbox.objects.filter(pk=box.pk)
    times = (row.values_list("failures", flat=True).first() or 0) + 1
    row.update(failures=times, failed_at=at, error=mask_text(why)[:400])
    return times
