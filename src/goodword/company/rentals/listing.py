"""Lists of orders and devices, a page at a time from a place on: as long a list costs as much as a short one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from .models import Device, Order, OrderLine
from .queries import spelt

Row = TypeVar("Row", Order, Device)


@dataclass(frozen=True, slots=True)
class Leaf(Generic[Row]):
    """One page. earlier, later: whether there is something before and after it in the list."""

    rows: list[Row]
    earlier: bool
    later: bool


def orders_listed(
    *,
    text: str = "",
    customers: Sequence[UUID] = (),
    stage: str = "",
    customer: UUID | None = None,
    late_at: datetime | None = None,
    limit: int,
    after: str = "",
    before: str = "",
) -> Leaf[Order]:
    """Orders with their customers, lines and devices, the newest first. Three queries, one more to go on from a place.

    text: the beginning of a number, or those of `customers`, found by the same text. stage: as last written. late_at:
    only those whose delivery was promised before this moment and is not told. after, before: the number of the order
    beside which the page begins; one there is not begins at the top.
    """
    lines = Prefetch("lines", OrderLine.objects.select_related("device"))
    rows = Order.objects.select_related("customer").prefetch_related(lines)
    if text:
        rows = rows.filter(spelt("number", text) | Q(customer__in=list(customers)))
    if stage:
        rows = rows.filter(stage=stage)
    if customer is not None:
        rows = rows.filter(customer=customer)
    if late_at is not None:
        rows = rows.filter(delivered_at=None, promised_at__isnull=False, promised_at__lt=late_at)
    places = Order.objects.filter(number=after or before).values_list("created_at", "pk")
    place = places.first() if after or before else None
    backwards = bool(before and not after and place)
    sign, side = ("", "gt") if backwards else ("-", "lt")
    if place:
        rows = rows.filter(_beyond(place, side), **{f"created_at__{side}e": place[0]})
    return _leaf(
        rows.order_by(f"{sign}created_at", f"{sign}pk"), limit, began=place is not None, backwards=backwards
    )


def devices_listed(
    *, text: str = "", device_type: str = "", limit: int, after: str = "", before: str = ""
) -> Leaf[Device]:
    """Devices by serial number. One query. text: its beginning. after, before: the serial number beside which it begins."""
    rows = Device.objects.all()
    if text:
        rows = rows.filter(spelt("serial", text))
    if device_type:
        rows = rows.filter(device_type=device_type)
    backwards = bool(before and not after)
    if after or before:
        rows = rows.filter(**({"serial__lt": before} if backwards else {"serial__gt": after}))
    ordered = rows.order_by("-serial" if backwards else "serial")
    return _leaf(ordered, limit, began=bool(after or before), backwards=backwards)


def _beyond(place: tuple[datetime, UUID], side: str) -> Q:
    return Q(**{f"created_at__{side}": place[0]}) | Q(created_at=place[0], **{f"pk__{side}": place[1]})


def _leaf(rows: QuerySet[Row], limit: int, *, began: bool, backwards: bool) -> Leaf[Row]:
    found = list(rows[: limit + 1])
    is_more, shown = len(found) > limit, found[:limit]
    if backwards:
        return Leaf(shown[::-1], earlier=is_more, later=True)
    return Leaf(shown, earlier=began, later=is_more)
