"""Customers: found, registered, shown masked, and one value opened with a reason."""

from __future__ import annotations

from typing import Annotated

from ninja import Query

from goodword.base.core.errors import NotFound
from goodword.company.customers.actions.registering import register
from goodword.company.customers.actions.revealing import reveal
from goodword.company.customers.checking import ContactFacts
from goodword.company.customers.models import Contact, Customer
from goodword.company.customers.queries import find

from .. import found
from ..caller import Caller
from ..operations import Door
from ..schemas.customers import ContactIn, CustomerIn, CustomerOut, CustomersFound, RevealIn, RevealOut
from ..shown import customers as show

door = Door("Customers")


@door.read("customers", right="customers.see", answer=CustomersFound)
def find_customers(
    _: Caller,
    text: Annotated[
        str, Query(min_length=1, max_length=120, description="Last four digits, number, name, …")
    ],
    limit: Annotated[int, Query(20, ge=1, le=50)],
) -> CustomersFound:
    """Find customers by what they say on the telephone"""
    rows = find(text.replace("\x00", ""), limit=limit)
    return CustomersFound(items=[show.customer(row) for row in rows])


@door.write("customers", right="customers.edit cases.receive", answer=CustomerOut, status=201)
def register_customer(caller: Caller, body: CustomerIn) -> CustomerOut:
    """Register a customer, or recognise the one with this telephone number"""
    contact = facts_of(body.contact) if body.contact else None
    made = register(
        kind=body.kind, name=body.name, contact=contact, note=body.note, by=caller.actor, at=caller.at
    )
    return show.customer(Customer.objects.get(pk=made.pk))


@door.read("customers/{key}", right="customers.see", answer=CustomerOut)
def get_customer(_: Caller, key: str) -> CustomerOut:
    """A customer by number or id"""
    return show.customer(found.customer(key))


@door.write("customers/{key}/reveal", right="customers.reveal", answer=RevealOut)
def reveal_value(caller: Caller, key: str, body: RevealIn) -> RevealOut:
    """See one masked value, with a reason that stays on record"""
    thing = _thing(found.customer(key), body.contact)
    value = reveal(thing, body.field, by=caller.actor, at=caller.at, reason=body.reason)
    return RevealOut(field=body.field, value=value)


def facts_of(contact: ContactIn) -> ContactFacts:
    """A contact as the actions take it."""
    return ContactFacts(**contact.model_dump())


def _thing(customer: Customer, contact_id: int | None) -> Customer | Contact:
    if contact_id is None:
        return customer
    contact = customer.contacts.filter(pk=contact_id).first()
    if contact is None:
        raise NotFound
    return contact
