"""Reading rentals: an order by number, where it stood at a moment, its devices."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch, Q, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from goodword.base.core.beginnings import begins
from goodword.company.customers.models import Customer

from .models import Device, Order, OrderEvent, OrderLine
from .stages import MOMENTS, Course, stage_at

MOST_LISTED = 200
SHORTEST_BEGINNING = 4
"""Characters from which on the beginning of a number tells something apart."""


def order_by_number(number: str) -> Order | None:
    """The order with this number; case does not matter. Its customer comes along."""
    number = number.strip()
    if not number:
        return None
    rows = Order.objects.select_related("customer")
    return rows.filter(number=number).first() or rows.filter(number__iexact=number).first()


def find_orders(text: str, *, limit: int = 20) -> list[Order]:
    """Orders whose number contains `text` (three characters or more), or that rent this serial number."""
    text = text.strip()
    rows = Order.objects.select_related("customer").order_by("-created_at", "-pk")
    found = rows.filter(lines__device__serial__iexact=text).distinct()
    if len(text) >= 3:
        found = found | rows.filter(number__icontains=text).distinct()
    return list(found[: min(limit, MOST_LISTED)]) if text else []


def orders_beginning(text: str, *, limit: int = 20) -> list[Order]:
    """Orders whose number is `text` or, from four characters on, begins with it, with their customers. One query.

    In the case it was typed in, in capitals or in small letters; an index answers.
    """
    rows = Order.objects.select_related("customer").filter(spelt("number", text))
    return sorted(rows[: min(limit, MOST_LISTED)], key=lambda order: (order.number != text, order.number))


def devices_beginning(text: str, *, limit: int = 20) -> list[tuple[Device, Order | None]]:
    """Devices whose serial number is `text` or begins with it, as `orders_beginning`, with their latest order.

    Two queries.
    """
    rows = sorted(
        Device.objects.filter(spelt("serial", text))[: min(limit, MOST_LISTED)],
        key=lambda device: (device.serial != text, device.serial),
    )
    latest = latest_renting(rows)
    return [(device, latest.get(device.pk)) for device in rows]


def latest_renting(devices: Sequence[Device]) -> dict[int, Order]:
    """The newest order of each of some devices that was ever rented, with its customer, by the devices' ids. One query."""
    place = Window(RowNumber(), partition_by="device", order_by=["-order__created_at", "-pk"])
    lines = OrderLine.objects.filter(device__in=devices).annotate(place=place).filter(place=1)
    return {line.device_id or 0: line.order for line in lines.select_related("order__customer")}


def orders_renting(device: Device, *, limit: int = 50) -> list[Order]:
    """The orders that rent or rented the device, with their customers, the newest first. One query."""
    rows = Order.objects.filter(lines__device=device).select_related("customer")
    return list(rows.order_by("-created_at", "-pk")[: min(limit, MOST_LISTED)])


def stages_of(orders: Sequence[Order], *, at: datetime) -> dict[UUID, str]:
    """Where each of some orders stood at `at`, as `stage_of` has it, by their ids. One query."""
    told: dict[UUID, set[tuple[str, datetime]]] = {order.pk: _kept(order) for order in orders}
    for row in OrderEvent.objects.filter(order__in=orders):
        told[row.order_id].add((row.event, row.at))
    zone = timezone.get_default_timezone()
    return {
        order.pk: stage_at(
            Course(tuple(sorted(told[order.pk])), order.starts_on, order.ends_on), at=at, zone=zone
        )
        for order in orders
    }


def spelt(column: str, text: str) -> Q:
    """`column` is `text` or, from four characters on, begins with it: as typed, in capitals or in small letters."""
    found = Q(**{f"{column}__in": {text, text.upper(), text.lower()}})
    if len(text) >= SHORTEST_BEGINNING:
        for spelling in sorted({text, text.upper(), text.lower()}):
            found |= begins(column, spelling)
    return found


def orders_of(customer: Customer, *, limit: int = 20) -> list[Order]:
    """The customer's orders with lines and devices, the newest first. Two queries."""
    lines = Prefetch("lines", OrderLine.objects.select_related("device"))
    rows = Order.objects.filter(customer=customer).prefetch_related(lines).order_by("-created_at", "-pk")
    return list(rows[: min(limit, MOST_LISTED)])


def latest_orders(customers: Sequence[Customer], *, each: int) -> dict[UUID, list[Order]]:
    """The newest few orders of each of some customers, the newest first, by the customers' ids. One query."""
    place = Window(RowNumber(), partition_by="customer", order_by=["-created_at", "-pk"])
    rows = Order.objects.filter(customer__in=customers).annotate(place=place).filter(place__lte=each)
    found: dict[UUID, list[Order]] = defaultdict(list)
    for order in rows.order_by("-created_at", "-pk") if customers else ():
        found[order.customer_id].append(order)
    return dict(found)


def order_renting(device: Device, customer: Customer) -> Order | None:
    """The customer's newest order that rents this device. One query."""
    rows = Order.objects.filter(lines__device=device, customer=customer).select_related("customer")
    return rows.order_by("-created_at", "-pk").first()


def stage_of(order: Order, *, at: datetime) -> str:
    """Where the order stood at `at`: consult, sign, deliver, in_use, repair, return or settle. One query."""
    return stages_of([order], at=at)[order.pk]


def course_of(order: Order) -> Course:
    """All that is known of the order's course, from its events and its own columns. One query."""
    told = set(order.events.values_list("event", "at"))
    return Course(tuple(sorted(told | _kept(order))), order.starts_on, order.ends_on)


def _kept(order: Order) -> set[tuple[str, datetime]]:
    """What the order's own columns tell."""
    return {(event, moment) for event, column in MOMENTS.items() if (moment := getattr(order, column))}


def devices_of(order: Order) -> list[Device]:
    """The devices with a serial number that the order rents."""
    return list(Device.objects.filter(lines__order=order).order_by("lines__pk")[:MOST_LISTED])


def lines_of(order: Order) -> list[OrderLine]:
    """What the order rents, with its devices, in its order. One query."""
    return list(order.lines.select_related("device"))


def device_by_serial(serial: str) -> Device | None:
    """The device with this serial number; case does not matter."""
    return Device.objects.filter(serial__iexact=serial.strip()).first() if serial.strip() else None
