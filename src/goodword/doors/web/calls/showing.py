"""What is known of whoever is on the line."""

from __future__ import annotations

from typing import Any

from goodword.base.people.actors import Actor
from goodword.company.channels.hotline.models import Call
from goodword.company.customers.models import Customer
from goodword.company.customers.queries import match
from goodword.company.rentals.queries import orders_of
from goodword.voice.cases import states
from goodword.voice.cases.models import Case
from goodword.voice.cases.queries import listing

from ..cases.naming import state_name

MOST_CASES = 5
MOST_ORDERS = 3


def caller(call: Call, actor: Actor) -> dict[str, Any]:
    """Who rings, masked, with open cases and last orders, as far as the actor sees them. Four queries at most."""
    customer = match(phone=call.number.clear()) if call.number else None
    if customer is None or not actor.has("customers.see"):
        return {"customer": None, "open_cases": [], "orders": []}
    return {
        "customer": customer,
        "open_cases": [
            {"number": case.number, "state": state_name(case.state), "urgent": case.severity == "urgent"}
            for case in _open_cases(customer, actor)
        ],
        "orders": orders_of(customer, limit=MOST_ORDERS) if actor.has("rentals.see") else [],
    }


def _open_cases(customer: Customer, actor: Actor) -> list[Case]:
    rows = listing.visible_to(actor).filter(customer=customer, state__in=states.OPEN, history=False)
    return list(rows.order_by("-received_at")[:MOST_CASES])
