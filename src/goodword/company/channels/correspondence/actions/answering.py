"""Channels that answer in the very connection a message came by carry a letter there, instead of leaving it to the outbox."""

from __future__ import annotations

from datetime import datetime

from goodword.base.core.transactions import require_transaction

from ...holding import is_held
from ...models import OutboxMessage
from ...turns import in_turn
from ...ways import Outcome
from ..models import Letter
from .sending import ready, settle_letter
from .writing import key_of


def carried(letter_id: int, *, at: datetime, most_bytes: int) -> str:
    """The words of a letter that goes along with the answer; "" where it is longer, has left, waits for one
    before it, or nothing may leave.

    Effects, in the caller's transaction: the outbox row and the letter are sent, with all that follows. The caller keeps
    the words until the other side can ask for them no more, as it may never have seen the answer.
    """
    require_transaction()
    letter = Letter.objects.select_related("party").get(pk=letter_id)
    text = ready(letter, at=at).text
    if is_held() or len(text.encode()) > most_bytes:
        return ""
    rows = OutboxMessage.objects.filter(dedupe_key=key_of(letter), state="queued")
    message = in_turn(rows, at=at).first()
    if message is None or not rows.update(state="sent", sent_at=at):
        return ""
    settle_letter(message, Outcome("sent", at))
    return text
