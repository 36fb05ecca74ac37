"""Colleagues and customers as others see them."""

from __future__ import annotations

from goodword.base.people.models import Account
from goodword.company.customers.models import Customer

from ..schemas.common import CustomerRef, PersonOut


def person(account: Account | None) -> PersonOut | None:
    """A colleague by name; None for nobody."""
    return PersonOut(id=account.pk, name=account.person.name) if account else None


def somebody(account: Account) -> PersonOut:
    """A colleague who is always there."""
    return PersonOut(id=account.pk, name=account.person.name)


def customer_ref(customer: Customer | None) -> CustomerRef | None:
    """A customer in one line, masked."""
    return CustomerRef(id=customer.pk, number=customer.number, name=customer.shown_name) if customer else None
