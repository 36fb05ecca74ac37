"""The automatic receipt of a channel that carries one later, and what is heard of messages on their way (FB-2.2c)."""

from __future__ import annotations

import re
from datetime import datetime
from uuid import UUID

from goodword.base.core.clock import local_day
from goodword.base.core.ids import token_digest, tracking_code
from goodword.base.core.inserting import insert
from goodword.base.core.transactions import one_fact, require_transaction
from goodword.base.people.actors import SYSTEM
from goodword.engine.journal.recording import lock_subject, record
from goodword.engine.policy.queries import values_of

from ..kinds import RECEIPT_SENT, UNDELIVERED
from ..models import Case, Message
from .receiving import Received

RECEIPT = "receipt"
CLAUSE, PROMISE = "FB-2.2c", "FB-2.2d"
_HAN = re.compile(r"[\u4e00-\u9fff]")


def words_for(received: Received, *, link: str, at: datetime) -> tuple[str, str]:
    """(what the case keeps of its receipt, what leaves: the same with the tracking code), in the customer's language.

    link: the address where the code is typed. The words are figures of FB-2.2c, the hours those of FB-2.2d.
    """
    day, language = local_day(at), "zh" if _HAN.search(received.case.text) else "en"
    words = values_of(CLAUSE, on=day)
    hours = str(values_of(PROMISE, on=day)["within"]).partition(" ")[0]
    said = words["receipt"][language].format(number=received.case.number, hours=hours)
    return said, f"{said}\n{words['tracking'][language].format(link=link, code=received.code)}"


def with_another_code(case_id: UUID) -> Received:
    """The case with a tracking code anew, in the caller's fact: the receipt that told the first one came back."""
    require_transaction()
    code = tracking_code()
    Case.objects.filter(pk=case_id).update(code_digest=token_digest(code))
    return Received(Case.objects.get(pk=case_id), code, receipt=False, as_received=False)


def write_receipt(case: Case, *, text: str, at: datetime) -> Message:
    """The receipt as a message of the case, in the transaction of its receipt. `text` holds no tracking code."""
    message = Message(
        case=case, direction="out", channel=case.channel, purpose=RECEIPT, text=text, automatic=True, at=at
    )
    insert(message)
    return message


def last_word_at(case: Case) -> datetime | None:
    """When a person of either side last wrote on the case."""
    written = case.messages.filter(automatic=False).order_by("-at").values_list("at", flat=True)
    return written.first()


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
