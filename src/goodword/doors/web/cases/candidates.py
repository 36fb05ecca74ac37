"""Whom somebody on the telephone may be: customers with the orders they have, by the little that was typed so far."""

from __future__ import annotations

from dataclasses import dataclass

from goodword.base.people.actors import Actor
from goodword.company.customers.models import Customer
from goodword.company.customers.queries import find
from goodword.company.rentals.models import Order
from goodword.company.rentals.queries import devices_beginning, latest_orders, orders_beginning

MOST = 6
ORDERS_EACH = 3
SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Candidate:
    """One choice: a customer alone, or with one of the orders. Everything personal stays masked."""

    customer: Customer
    order: Order | None = None

    @property
    def value(self) -> str:
        """What the form sends: the customer's number, and the order's after a colon."""
        return f"{self.customer.number}:{self.order.number}" if self.order else str(self.customer.number)


def candidates(typed: str, actor: Actor) -> list[Candidate]:
    """At most six customers, each followed by a few orders; whose order or device was typed come first, by that order.

    Six queries at most, each by an index. None for less than two characters, or for who may see no customers.
    """
    if len(typed) < SHORTEST or not actor.has("customers.see"):
        return []
    sees_orders = actor.has("rentals.see")
    orders = _orders_typed(typed)[:MOST] if sees_orders else []
    hirers = {order.customer: order for order in orders}
    others = [one for one in find(typed, limit=MOST) if one not in hirers][: MOST - len(hirers)]
    recent = latest_orders(others, each=ORDERS_EACH) if sees_orders else {}
    found = [Candidate(order.customer, order) for order in orders]
    found += [Candidate(customer) for customer in hirers]
    for one in others:
        found += [Candidate(one), *(Candidate(one, order) for order in recent.get(one.pk, ()))]
    return found


def _orders_typed(typed: str) -> list[Order]:
    """Orders whose number begins so, then those that rent a device whose serial number does."""
    by_device = [order for _, order in devices_beginning(typed, limit=MOST) if order is not None]
    found = {order.pk: order for order in (*orders_beginning(typed, limit=MOST), *by_device)}
    return list(found.values())
