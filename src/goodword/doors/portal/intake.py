"""A customer's form becomes a case: one deed, however often it is sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from goodword.base.core import idempotency
from goodword.base.core.sealing import decrypt, encrypt
from goodword.base.core.transactions import one_fact
from goodword.base.people.actors import CUSTOMER
from goodword.company.customers.actions.registering import register
from goodword.company.customers.checking import ContactFacts
from goodword.company.customers.queries import contact_of
from goodword.company.rentals.codes import CodeUnreadable, Place, place_of
from goodword.company.rentals.queries import device_by_serial, order_by_number, order_renting
from goodword.voice.cases.actions.receiving import Received, Word, receive

from .photos import Photo, attach, laid_down

SCOPE = "portal:feedback"
CHANNEL = "portal"
STORE_BOX = "store_box"
"""What is written at a store's sticker is that store's suggestion box (FB-2.1a)."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the customer takes away: number and code. left_out: names of photos that could not be taken."""

    number: int
    code: str
    left_out: tuple[str, ...] = ()


def take_in(sent: dict[str, Any], photos: Sequence[Photo], *, at: datetime) -> Receipt:
    """Make a case of a cleaned form.

    Effects in one transaction: the customer recognised by telephone or made, the case, its photos, and the answer
    kept under the form's key, its code sealed: whoever sends the same form again gets the same answer.
    Raises Invalid, KeyReused (another form under the same key), InFlight.
    """
    digest = idempotency.digest_of({**sent, "key": "", "photos": [photo.digest for photo in photos]})
    first = idempotency.recall(SCOPE, sent["key"], digest=digest)
    if first is not None:
        return _kept(first.body)
    with laid_down(photos), one_fact():
        record = idempotency.claim(SCOPE, sent["key"], digest=digest, at=at)
        received = _receive(sent, at=at)
        left_out = attach(received.case, photos, at=at)
        receipt = Receipt(received.case.number, received.code, left_out)
        answer = {"number": receipt.number, "code": encrypt(receipt.code), "left_out": list(left_out)}
        idempotency.settle(record, status=201, answer=answer)
    return receipt


def _kept(body: dict[str, Any]) -> Receipt:
    return Receipt(body["number"], decrypt(body["code"]), tuple(body["left_out"]))


def _receive(sent: dict[str, Any], *, at: datetime) -> Received:
    hung = hung_at(sent["hung"])
    facts = ContactFacts(name=sent["name"], phone=sent["phone"])
    customer = register(kind="streamer", name=sent["name"], contact=facts, by=CUSTOMER, at=at)
    typed = order_by_number(sent["order"])
    device = hung.device or device_by_serial(sent["device"])
    order = typed or hung.order or (order_renting(device, customer) if device else None)
    word = Word(
        text=_text(sent, order_is_known=typed is not None),
        channel=STORE_BOX if hung.store else CHANNEL,
        receipt_shown=True,
        customer=customer,
        contact=contact_of(customer, phone=sent["phone"]),
        order=order,
        device=device,
        scene=hung.store,
        asks=sent["asks"],
        asked_by_at=sent["asked_by_at"],
    )
    return receive(word, by=CUSTOMER, at=at)


def hung_at(code: str) -> Place:
    """Where the scanned code hangs; nowhere, for one that cannot be read: that holds no words up."""
    try:
        return place_of(code, on=None) if code else Place()
    except CodeUnreadable:
        return Place()


def _text(sent: dict[str, Any], *, order_is_known: bool) -> str:
    """The customer's words; a number that is no order's is kept with them, for a colleague to make out."""
    text: str = sent["text"].strip()
    number = sent["order"].strip()
    return text if order_is_known or not number else f"{text}\n\n租赁单号：{number}"
