"""Customers shown, every personal value masked."""

from __future__ import annotations

from goodword.company.customers.models import Contact, Customer

from ..schemas.customers import ContactOut, CustomerOut


def customer(row: Customer) -> CustomerOut:
    """A customer with its contacts."""
    return CustomerOut(
        id=row.pk,
        number=row.number,
        kind=row.kind,
        name=row.shown_name,
        note=str(row.note),
        contacts=[contact(each) for each in row.contacts.all()],
        created_at=row.created_at,
    )


def contact(row: Contact) -> ContactOut:
    """A contact."""
    return ContactOut(
        id=row.pk,
        name=str(row.name),
        phone=str(row.phone),
        email=str(row.email),
        wechat=str(row.wechat),
        preferred=row.preferred,
        is_main=row.is_main,
    )
