"""How a mail of ours is known again: its Message-ID, and a token in the subject where a program drops references."""

from __future__ import annotations

import re
from collections.abc import Iterable
from uuid import UUID

from goodword.base.core.sealing import blind_index

from ..correspondence.models import Letter
from .models import MailThread

CHANNEL = "mail"
TOKEN_LENGTH = 12
"""Hexadecimal digits: 48 bits nobody can compute without our key, and a stranger who has them is held all the same."""
_MARK = re.compile(r"\[#\d{1,12}-([0-9a-f]{12})\]", re.IGNORECASE)
_MOST_MARKS = 5


def message_id(letter: Letter, domain: str) -> str:
    """The Message-ID of a letter, without brackets: always the same, and not to be guessed."""
    token = blind_index(f"letter:{letter.pk}:{letter.message_id}", kind="mail names")
    return f"goodword.{letter.pk}.{token}@{domain}"


def mark(case_id: UUID, number: int) -> str:
    """`[#1234-…]`, for the subject of what is written about a case. Effects: its token is kept, once."""
    token = blind_index(str(case_id), kind="mail threads")[:TOKEN_LENGTH]
    MailThread.objects.get_or_create(case_id=case_id, defaults={"token": token})
    return f"[#{number}-{token}]"


def without_marks(subject: str) -> str:
    """A subject without our marks."""
    return re.sub(r"\s{2,}", " ", _MARK.sub(" ", subject)).strip()


def named_in(subject: str) -> Iterable[str]:
    """Outside ids of the newest letters of the cases whose marks stand in a subject line."""
    for token in _MARK.findall(subject)[:_MOST_MARKS]:
        thread = MailThread.objects.filter(token=token.lower()).first()
        if thread is None:
            continue
        letters = Letter.objects.filter(channel=CHANNEL, case_id=thread.case_id).exclude(outside_id="")
        newest = letters.order_by("-written_at", "-pk").values_list("outside_id", flat=True).first()
        if newest is not None:
            yield newest
