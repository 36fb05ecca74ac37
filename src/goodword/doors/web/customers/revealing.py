"""A masked value is opened, one field at a time, with a reason that stays (FB-1.3a)."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from goodword.base.core.errors import NotFound
from goodword.company.customers.actions.revealing import CONTACT_FIELDS, CUSTOMER_FIELDS
from goodword.company.customers.actions.revealing import reveal as reveal_value
from goodword.company.customers.models import Contact, Customer

from ..access import WebRequest, page
from ..templatetags.goodword_ui import t
from .showing import FIELD_NAMES, known_customer


@page(right="customers.reveal", methods="GET POST")
def reveal(request: WebRequest, number: int, field: str, contact_id: int | None = None) -> HttpResponse:
    """GET: ask why. POST: the value, once, in an answer nobody keeps. For htmx both are the bare fragment."""
    row = known_customer(number)
    thing = _thing(row, field, contact_id)
    shown: dict[str, Any] = {
        "customer": row,
        "field": t(*FIELD_NAMES[field]),
        "masked": str(getattr(thing, field)),
        "here": request.path,
        "typed": request.typed,
    }
    if request.method == "POST":
        reason = request.POST.get("reason", "")
        shown["value"] = reveal_value(thing, field, by=request.actor, at=request.now, reason=reason)
    bare = request.headers.get("HX-Request")
    answer = render(request, f"web/customers/reveal.html{'#bare' if bare else ''}", shown)
    answer["Cache-Control"] = "no-store"
    return answer


def _thing(row: Customer, field: str, contact_id: int | None) -> Customer | Contact:
    """The customer or one of its contacts. Raises NotFound for another's contact and for a field there is not."""
    if contact_id is None:
        found: Customer | Contact | None = row
    else:
        found = Contact.objects.filter(customer=row, pk=contact_id).first()
    if found is None or field not in (CUSTOMER_FIELDS if contact_id is None else CONTACT_FIELDS):
        raise NotFound
    return found
