"""The way out of the in-app box: it writes into this database, and the customer's screen fetches it from there."""

from __future__ import annotations

from datetime import datetime

from goodword.engine.attachments.rules import MOST_BYTES

from ..correspondence.carrying import Carriage, Load
from ..correspondence.models import Letter, Party
from ..correspondence.ways import CustomerWay, LetterToSend
from .models import ChatLine
from .visiting import CHANNEL, is_over

CARRIES = Carriage((Load("file", frozenset(), MOST_BYTES, ("文件", "files")),))
"""Whatever is kept at all: their screen fetches it from here."""


def name_of(letter_id: int) -> str:
    """How the line of a letter is called."""
    return f"{CHANNEL}:{letter_id}"


def name_before(letter: Letter) -> str:
    """The line's name, known before it leaves: written twice, it is one line."""
    return name_of(letter.pk)


def send(letter: LetterToSend, now: datetime) -> str:
    """The line is there to be fetched. Written again it stays as it is."""
    ChatLine.objects.get_or_create(
        letter_id=letter.letter.pk,
        defaults={
            "party_id": letter.party.pk,
            "text": letter.text,
            "automatic": letter.is_automatic,
            "files": [str(file.pk) for file in letter.files],
            "at": now,
        },
    )
    return letter.letter.outside_id


def hindrance(party: Party, at: datetime) -> str:
    """Nobody can open a chat whose token has run out."""
    return "the chat’s token has run out" if is_over(party, at=at) else ""


WAY = CustomerWay(
    CHANNEL, send, hindrance, repeatable=True, name_before=name_before, carries=lambda _party, _at: CARRIES
)
