"""A customer is made, or recognised by a telephone number already known."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError

from goodword.base.core.transactions import one_fact
from goodword.base.people.actors import Actor
from goodword.engine.journal.recording import record

from ..checking import ContactFacts, check_contact, check_customer
from ..indexing import index_public_name, name_index
from ..kinds import REGISTERED
from ..models import Customer
from ..numbering import next_number
from ..queries import match
from .contacts import write_contact


def register(
    *, kind: str, name: str, contact: ContactFacts | None = None, note: str = "", by: Actor, at: datetime
) -> Customer:
    """Make a customer with its main contact; the customer that has this telephone number, when there is one.

    kind: company, streamer or agency. A streamer's name is sealed, and the contact's when none is given.
    Effects: the customer with the next number, its contact, `customer.registered`; none for a known one.
    Raises Invalid; Forbidden without customers.edit or cases.receive, save for a customer at the portal.
    """
    if by.kind != "customer" and not by.has("cases.receive"):
        by.require("customers.edit")
    name = check_customer(kind, name)
    facts = check_contact(contact) if contact else None
    if facts and kind == "streamer" and not facts.name:
        facts = ContactFacts(name, facts.phone, facts.email, facts.wechat, facts.preferred)
    known = match(phone=facts.phone) if facts else None
    if known:
        return known
    try:
        with one_fact():
            return _write(kind, name, facts, note, by=by, at=at)
    except IntegrityError:
        rival = match(phone=facts.phone) if facts else None
        if rival is None:
            raise
        return rival


def _write(
    kind: str, name: str, facts: ContactFacts | None, note: str, *, by: Actor, at: datetime
) -> Customer:
    customer = Customer.objects.create(
        number=next_number(),
        kind=kind,
        name=name,
        public_name="" if kind == "streamer" else name,
        name_index=name_index(name),
        note=note.strip(),
        created_at=at,
    )
    if customer.public_name:
        index_public_name(customer.number, customer.public_name)
    contact = write_contact(customer, facts, is_main=True, at=at) if facts else None
    record(
        REGISTERED,
        customer.pk,
        by=by,
        at=at,
        facts={"number": customer.number, "type": kind, "contact": contact.pk if contact else None},
    )
    return customer
