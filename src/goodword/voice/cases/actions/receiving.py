"""Receiving feedback: from a customer's word to a case with its deadlines.

Telephone consultations are taken down the same way (WM-2.3c): channel `hotline`, kind `consultation`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from goodword.base.core import ids
from goodword.base.core.clock import local_day
from goodword.base.core.errors import Invalid
from goodword.base.core.inserting import insert
from goodword.base.core.transactions import one_fact
from goodword.base.language.classifying import classify
from goodword.base.language.nearness import sketch
from goodword.base.people.actors import SYSTEM, Actor
from goodword.base.people.models import Department
from goodword.company.customers.models import Contact, Customer
from goodword.company.customers.numbering import next_number
from goodword.company.rentals.models import Device, Order
from goodword.engine.journal.queries import is_newest
from goodword.engine.journal.recording import record
from goodword.engine.policy.queries import one_look

from ..figures.duplicates import NO_SKETCH
from ..kinds import RECEIPT_SENT, RECEIVED
from ..labels import codes, proposal_from
from ..models import Case, Message, Round
from ._ground import handled
from ._words import index_words

RECEIPT_CHANNELS = frozenset({"portal", "app", "social", "api"})
"""Channels whose answer to the customer's own message is the receipt. On others it is a letter that is sent later
(`Word.receipt_later`), or a voice.
"""
RECEIPT_JOURNALLED = frozenset({"app", "social"})
"""Those of them where the receipt at once is what FB-2.2c asks for."""
COLLEAGUE = "colleague"
"""The channel of what any colleague heard (CS-3.1a, `hearing`): it takes no right of its own."""


@dataclass(frozen=True, slots=True)
class Word:
    """What came in. Only `text` and `channel` are needed; whatever else is known spares a question later.

    device_type: left empty, it is that of the device. receipt_later: a letter with the receipt follows (`receipts`).
    receipt_shown: the customer reads it in the answer, though the channel is none of RECEIPT_CHANNELS. came_to: the
    department whose own address they wrote to.
    """

    text: str
    channel: str
    subject: str = ""
    customer: Customer | None = None
    contact: Contact | None = None
    order: Order | None = None
    device: Device | None = None
    device_type: str = ""
    kind: str = ""
    scene: str = ""
    asks: str = ""
    asked_by_at: datetime | None = None
    urgent_need: bool = False
    outside_id: str = ""
    came_to: Department | None = None
    receipt_later: bool = False
    receipt_shown: bool = False
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Received:
    """The case, and the tracking code in clear: the only time it is known.

    as_received: nothing that reacted to the receipt has changed the case since; `case` is as it stands.
    """

    case: Case
    code: str
    receipt: bool
    as_received: bool


def receive(word: Word, *, by: Actor, at: datetime, history: bool = False) -> Received:
    """Take a customer's word in.

    Effects in one transaction: the case with its first round and the reader's proposal; the first message;
    `case.received`, which starts the clocks (FB-3.2a, CS-3.2a, SU-8a for a consultation, FB-2.2d where a receipt
    was given). by: staff with cases.receive (any for COLLEAGUE), the CUSTOMER at the portal, or the SYSTEM. history: the matter
    is over and is taken in with its original times; no receipt goes out.
    Raises Invalid for an empty text.
    """
    if by.kind == "staff" and word.channel != COLLEAGUE:
        by.require("cases.receive")
    text = word.text.strip().replace("\x00", "")
    if not text:
        raise Invalid(
            "请写下客户说了什么。", "Write down what the customer said.", fields={"text": "必填 / required"}
        )
    whole = f"{word.subject} {text}"[:4000]
    reading = classify(whole)
    sketch_a, sketch_b, sketch_c = sketch(whole) or NO_SKETCH
    code = ids.tracking_code()
    shown = word.receipt_shown or word.channel in RECEIPT_CHANNELS
    receipt = shown and not word.receipt_later and not history
    with one_fact(), one_look():
        case = Case(
            number=next_number("case"),
            channel=word.channel,
            subject=word.subject.strip()[:200],
            text=text,
            customer=word.customer or (word.contact.customer if word.contact else None),
            contact=word.contact,
            order=word.order,
            device=word.device,
            device_type=_device_type(word, at=at),
            kind=word.kind,
            scene=word.scene,
            asks=word.asks,
            asked_by_at=word.asked_by_at,
            urgent_need=word.urgent_need,
            outside_id=word.outside_id,
            came_to=word.came_to,
            proposal=proposal_from(reading),
            read_by=reading.model[:40],
            sketch_a=sketch_a,
            sketch_b=sketch_b,
            sketch_c=sketch_c,
            code_digest=ids.token_digest(code),
            history=history,
            received_at=at,
            changed_at=at,
            created_by_id=by.account_id,
        )
        insert(case)
        insert(Round(case=case, number=1, started_at=at))
        insert(
            Message(
                case=case, direction="in", channel=word.channel, text=text, outside_id=word.outside_id, at=at
            )
        )
        index_words(case, new=True)
        handled(case, by=by, act="received", at=at)
        facts = _facts(case, receipt=receipt)
        at_once = receipt and word.channel in RECEIPT_JOURNALLED
        if at_once or (word.receipt_later and not history):
            facts["receipt_due"] = True
        entry = record(RECEIVED, case.pk, by=by, at=at, facts=facts, new=True)
        alone = entry is None or is_newest(entry)
        if at_once:
            record(RECEIPT_SENT, case.pk, by=SYSTEM, at=at, facts={"receipt": True})
    return Received(case, code, receipt, alone)


def _device_type(word: Word, *, at: datetime) -> str:
    """The type stated, else the device's own where the catalogue of the day knows it."""
    own = word.device.device_type if word.device is not None else ""
    known = not word.device_type and own and own in codes("device_type", on=local_day(at))
    return own if known else word.device_type


def _facts(case: Case, *, receipt: bool) -> dict[str, Any]:
    """What the clocks go by. The kind is the stated one, else the reader's where it is sure."""
    facts: dict[str, Any] = {
        "channel": case.channel,
        "number": case.number,
        "receipt": receipt,
        "kind": case.kind or case.proposal.get("kind", {}).get("label") or "",
        "severity": "",
        "department": "service",
    }
    if case.customer is not None:
        facts |= {"customer": str(case.customer_id), "customer_kind": case.customer.kind}
    if case.order_id is not None:
        facts["order"] = str(case.order_id)
    if case.came_to is not None:
        facts["came_to"] = case.came_to.code
    if case.urgent_need:
        facts["urgent_need"] = True
    if case.history:
        facts["history"] = True
    return facts
