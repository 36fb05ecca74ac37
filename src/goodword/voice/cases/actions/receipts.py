"""The automatic receipt of a channel that carries one later, and what is heard of messages on their way (FB-2.2c)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from goodword.base.core.inserting import insert
from goodword.base.core.transactions import one_fact
from goodword.base.people.actors import SYSTEM
from goodword.engine.journal.recording import lock_subject, record

from ..kinds import RECEIPT_SENT, UNDELIVERED
from ..models import Case, Message

RECEIPT = "receipt"


def write_receipt(case: Case, *, text: str, at: datetime) -> Message:
    """The receipt as a message of the case, in the transaction of its receipt. `text` holds no tracking code."""
    message = Message(
        case=case, direction="out", channel=case.channel, purpose=RECEIPT, text=text, automatic=True, at=at
    )
    insert(message)
    return message


def receipt_sent(case_id: UUID, message_id: int, *, at: datetime) -> None:
    """The receipt has left. Effects: `case.receipt_sent` (meets FB-2.2c, starts FB-2.2d)."""
    with one_fact():
        lock_subject("case", case_id)
        record(RECEIPT_SENT, case_id, by=SYSTEM, at=at, facts={"message": message_id, "receipt": True})


def undelivered(case_id: UUID, message_id: int, *, channel: str, letter_id: int, at: datetime) -> None:
    """No channel brought the message to the customer. Effects: `case.message_undelivered`, whose reaction tells people."""
    facts = {"message": message_id, "channel": channel, "letter": letter_id}
    with one_fact():
        lock_subject("case", case_id)
        record(UNDELIVERED, case_id, by=SYSTEM, at=at, facts=facts)
