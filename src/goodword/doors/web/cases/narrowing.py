"""What an address of the list asks for, as the cases know it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import QueryDict

from goodword.company.customers.queries import by_number, find
from goodword.voice.cases.queries import listing

from ..access import WebRequest

MOST_DIGITS = 9
"""Digits of the number of a case or customer in an address: what is longer is none."""
CHOICES = ("state", "department", "kind", "severity", "content", "channel")


def asked_for(request: WebRequest, asked: QueryDict) -> listing.Narrow:
    """What the address asks for; the words also as a customer's number, name or last four digits."""
    wanted: dict[str, Any] = {name: asked.get(name) or None for name in CHOICES}
    wanted["assignee"] = request.user.pk if asked.get("mine") else None
    wanted["overdue"] = True if asked.get("overdue") else None
    wanted["order"] = asked.get("order") or None
    number = asked.get("customer", "")
    if number.isdecimal() and len(number) <= MOST_DIGITS:
        customer = by_number(int(number))
        wanted["customer"] = customer.pk if customer else UUID(int=0)
    text = asked.get("q", "").strip()
    customers = [customer.pk for customer in find(text)] if text else []
    return listing.asking(text=text, customers=customers, **wanted)
