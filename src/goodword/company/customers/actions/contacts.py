"""A further person at a customer, or one with other values than before."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import datetime

from django.db import IntegrityError

from goodword.base.core.errors import Refused
from goodword.base.core.sealing import phone_index
from goodword.base.core.transactions import one_fact
from goodword.base.people.actors import Actor
from goodword.engine.journal.recording import lock_subject, record

from ..checking import ContactFacts, check_contact
from ..indexing import email_index, last4_index, name_index
from ..kinds import AMENDED, CONTACT_ADDED
from ..models import Contact, Customer


def add_contact(
    customer: Customer, contact: ContactFacts, *, is_main: bool = False, by: Actor, at: datetime
) -> Contact:
    """Add a contact; the one that has this telephone number already, when it is this customer's.

    Effects: the contact; the main contact before gives way when `is_main`; `customer.contact_added`.
    Raises Forbidden, Invalid, Refused when the number belongs to another customer.
    """
    by.require("customers.edit")
    facts = check_contact(contact)
    with one_fact():
        lock_subject("customer", customer.pk)
        known = _holder(facts.phone)
        if known and known.customer_id == customer.pk:
            return known
        if known:
            raise _taken(known)
        if is_main:
            customer.contacts.filter(is_main=True).update(is_main=False)
        try:
            with one_fact():
                added = write_contact(customer, facts, is_main=is_main, at=at)
        except IntegrityError:
            raise _taken(_holder(facts.phone)) from None
        record(CONTACT_ADDED, customer.pk, by=by, at=at, facts={"contact": added.pk})
    return added


def amend_contact(contact: Contact, *, by: Actor, at: datetime, **changes: str) -> Contact:
    """Correct a contact. `changes`: name, phone, email, wechat, preferred; what is not named stays.

    Effects: the row with its indexes; `customer.amended` with the names of the fields, only when one differs.
    Raises Forbidden, Invalid, Refused when the number belongs to somebody else.
    """
    by.require("customers.edit")
    with one_fact():
        lock_subject("customer", contact.customer_id)
        row = Contact.objects.select_related("customer").get(pk=contact.pk)
        before = facts_of(row)
        after = check_contact(replace(before, **changes))
        fields = sorted(key for key, value in asdict(after).items() if value != getattr(before, key))
        if not fields:
            return row
        holder = _holder(after.phone)
        if holder and holder.pk != row.pk:
            raise _taken(holder)
        for key, value in column_values(after).items():
            setattr(row, key, value)
        row.save()
        record(AMENDED, row.customer_id, by=by, at=at, facts={"fields": fields, "contact": row.pk})
    return row


def write_contact(customer: Customer, facts: ContactFacts, *, is_main: bool, at: datetime) -> Contact:
    """The contact's row; its journal entry is the caller's."""
    return Contact.objects.create(customer=customer, is_main=is_main, created_at=at, **column_values(facts))


def column_values(facts: ContactFacts) -> dict[str, str]:
    """The columns of a contact, blind indexes included."""
    return {
        **asdict(facts),
        "name_index": name_index(facts.name),
        "phone_index": phone_index(facts.phone),
        "phone_last4_index": last4_index(facts.phone),
        "email_index": email_index(facts.email),
    }


def facts_of(row: Contact) -> ContactFacts:
    """The contact's values in clear, for comparing; they are not shown."""
    return ContactFacts(
        row.name.clear(), row.phone.clear(), row.email.clear(), row.wechat.clear(), row.preferred
    )


def _holder(phone: str) -> Contact | None:
    found = phone_index(phone)
    return Contact.objects.select_related("customer").filter(phone_index=found).first() if found else None


def _taken(holder: Contact | None) -> Refused:
    number = holder.customer.number if holder else ""
    return Refused(
        f"该号码已登记在客户 {number} 名下。",
        f"This number belongs to customer {number}.",
        cure_zh="请核对号码,或在该客户名下继续。",
        cure_en="Check the number, or go on under that customer.",
    )
