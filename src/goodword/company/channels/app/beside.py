"""Files beside what the company says in a chat, and links to them that open nothing else and not for long.

A link is handed to whoever holds the conversation and to nobody else: a picture of a page, or a file an app fetches, can show no token.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.core import signing

from goodword.engine.attachments.models import Attachment

from ..correspondence.models import Party
from .models import ChatLine
from .visiting import is_over

SALT = "goodword.chat.file"
STAYS_FOR = timedelta(hours=1)
"""A link is the same within an hour, so that a screen need not be drawn anew, and opens its file for one more."""


def files_of(lines: Iterable[ChatLine]) -> dict[str, Attachment]:
    """{id: attachment} of what goes along with these lines. One query where there is any, else none."""
    wanted = {name for line in lines for name in line.files}
    if not wanted:
        return {}
    return {str(file.pk): file for file in Attachment.objects.filter(pk__in=wanted, state="ok")}


def link_of(line: ChatLine, file: Attachment, *, at: datetime) -> str:
    """The last piece of the link's address: which file of which line, until when, signed."""
    hour = at.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    until = int((hour + 2 * STAYS_FOR).timestamp())
    signed: str = signing.Signer(salt=SALT).sign_object([line.pk, str(file.pk), until])
    return signed


def opened(link: str, *, at: datetime) -> Attachment | None:
    """The file a link opens now.

    None for one that was not made here, is over, or whose conversation nobody can open any more.
    """
    try:
        line_id, file_id, until = signing.Signer(salt=SALT).unsign_object(link)
    except signing.BadSignature:
        return None
    line = ChatLine.objects.filter(pk=line_id).first() if at.timestamp() < until else None
    if line is None or file_id not in line.files:
        return None
    party = Party.objects.filter(pk=line.party_id).first()
    if party is None or is_over(party, at=at):
        return None
    return Attachment.objects.filter(pk=UUID(file_id), state="ok").first()
