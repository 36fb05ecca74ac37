"""Finding customers: by what they say on the telephone, never by reading sealed values."""

from __future__ import annotations

import re
import unicodedata
from typing import Any, cast

from django.db.models import QuerySet

from goodword.base.core.sealing import phone_index
from goodword.base.language.word_index import asked_for

from .indexing import email_index, ending_index, name_index
from .models import Contact, Customer, CustomerWords, Reveal

MOST_FOUND = 50
SHORTEST_PART = 2
_TYPED_PHONE = re.compile(r"\+?[\d\s()-]{7,20}")


def match(*, phone: str = "", email: str = "") -> Customer | None:
    """The one customer that has this telephone number, else the one that has this mail address.

    An address several customers share tells nobody apart: None.
    """
    if found := _by_contact(phone_index=phone_index(phone)):
        return found
    return _by_contact(email_index=email_index(email))


def contact_of(customer: Customer, *, phone: str = "", email: str = "") -> Contact | None:
    """The customer's contact with this number or address, else its main contact, else any."""
    contacts = list(customer.contacts.all()[:MOST_FOUND])
    wanted = (("phone_index", phone_index(phone)), ("email_index", email_index(email)))
    for column, value in wanted:
        for contact in contacts:
            if value and getattr(contact, column) == value:
                return contact
    return contacts[0] if contacts else None


def contact_with(*, phone: str) -> Contact | None:
    """The contact with this telephone number, whoever's it is; None for an unknown or empty one."""
    wanted = phone_index(phone)
    return Contact.objects.filter(phone_index=wanted).first() if wanted else None


def find(text: str, *, limit: int = 20) -> list[Customer]:
    """Customers by what somebody typed, the newest first, at most 50, with their contacts (masked as always).

    Read as: a telephone number's last four digits; a whole telephone number; a customer's number; a mail
    address; the exact name of a customer or contact; parts (two characters or more, blanks between them) of a company's
    name, a word of letters by its beginning. Case and width do not matter, nor Traditional or Simplified in a company's name.
    """
    text = unicodedata.normalize("NFKC", text).strip()
    if not text:
        return []
    found = Customer.objects.filter(pk__in=_meant(text)).order_by("-number")
    return list(found.prefetch_related("contacts")[: min(limit, MOST_FOUND)])


def by_number(number: int) -> Customer | None:
    """The customer with this short number."""
    return Customer.objects.filter(number=number).first()


def reveals_of(customer: Customer, *, limit: int = 50) -> list[Reveal]:
    """Who looked at which masked value and why, the newest first."""
    rows = customer.reveals.select_related("by__person", "contact").order_by("-at", "-pk")
    return list(rows[: min(limit, 200)])


def _meant(text: str) -> QuerySet[Any, Any]:
    """Ids of those that may be meant. A union, so that each way of reading the text is looked up in its own index.

    A part of a company's name is looked for among the names in clear alone, in the index of their words.
    """
    name = name_index(text)
    ways: list[QuerySet[Any, Any]] = [
        Customer.objects.filter(name_index=name).values_list("pk", flat=True),
        _customers_of(name_index=name),
    ]
    if text.isdecimal() and len(text) == 4:
        ways.append(_customers_of(phone_last4_index=ending_index(text)))
    if text.isdecimal() and len(text) < 10:
        ways.append(Customer.objects.filter(number=int(text)).values_list("pk", flat=True))
    if _TYPED_PHONE.fullmatch(text):
        ways.append(_customers_of(phone_index=phone_index(text)))
    if "@" in text:
        ways.append(_customers_of(email_index=email_index(text)))
    if len(text) >= SHORTEST_PART and not text.isdecimal():
        ways += _named(text)
    return ways[0].union(*ways[1:])


def _named(text: str) -> list[QuerySet[Any, Any]]:
    """The newest companies with every part of `text` in their name, by the index of words; none where it has no words."""
    wanted = asked_for(text)
    if not wanted:
        return []
    newest = (
        CustomerWords.objects.filter(words__says=wanted).order_by("-number").values("number")[:MOST_FOUND]
    )
    return [Customer.objects.filter(number__in=newest).values_list("pk", flat=True)]


def _customers_of(**condition: str) -> QuerySet[Contact, int]:
    """Ids of the customers whose contacts fulfil `condition`, as a subquery."""
    rows = Contact.objects.filter(**condition).order_by().values_list("customer_id", flat=True)
    return cast("QuerySet[Contact, int]", rows)


def _by_contact(**condition: str) -> Customer | None:
    (value,) = condition.values()
    if not value:
        return None
    owners = list(Customer.objects.filter(pk__in=_customers_of(**condition))[:2])
    return owners[0] if len(owners) == 1 else None
