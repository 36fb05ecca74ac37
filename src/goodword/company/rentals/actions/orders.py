"""An order is told, once or again; told again the same, nothing changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError

from goodword.base.core.errors import Invalid, Refused
from goodword.base.core.transactions import one_fact
from goodword.base.people.actors import Actor
from goodword.company.customers.models import Customer
from goodword.engine.journal.recording import lock_subject, record

from ..kinds import CHANGED, RECORDED
from ..models import Device, Order, OrderLine
from ..queries import stage_of

MOST_LINES = 200
DATES = ("signed_at", "promised_at", "delivered_at", "starts_on", "ends_on", "returned_at", "settled_at")


@dataclass(frozen=True, slots=True)
class Line:
    """What one line rents: a device by its serial number, or a quantity of a type and model."""

    device_type: str
    model: str = ""
    quantity: int = 1
    serial: str = ""


def record_order(
    number: str,
    *,
    customer: Customer,
    lines: Sequence[Line] | None = None,
    by: Actor,
    at: datetime,
    **dates: datetime | date | None,
) -> Order:
    """Make or update the order with this number; what is not named stays as it is.

    dates: signed_at, promised_at, delivered_at, returned_at, settled_at (moments), starts_on, ends_on (days).
    Effects: order and lines; `order.recorded`, or `order.changed` with the names of the fields, only when one
    differs. Raises Forbidden, Invalid, Refused when the number belongs to another customer.
    """
    by.require("rentals.edit")
    number = number.strip()
    _check(number, lines, dates)
    try:
        with one_fact():
            return _write(number, customer, lines, dates, by=by, at=at)
    except IntegrityError:
        with one_fact():  # somebody told the same order at the same time: now it is there
            return _write(number, customer, lines, dates, by=by, at=at)


def _write(
    number: str,
    customer: Customer,
    lines: Sequence[Line] | None,
    dates: dict[str, Any],
    *,
    by: Actor,
    at: datetime,
) -> Order:
    order = Order.objects.filter(number=number).first()
    is_new = order is None
    if order is None:
        order = Order.objects.create(number=number, customer=customer, created_at=at)
    lock_subject("order", order.pk)
    order.refresh_from_db()
    if order.customer_id != customer.pk:
        raise Refused(
            "该订单号已属于另一位客户。",
            "This order number belongs to another customer.",
            cure_zh="请核对订单号。",
            cure_en="Check the order number.",
        )
    fields = sorted(name for name, value in dates.items() if getattr(order, name) != value)
    for name in fields:
        setattr(order, name, dates[name])
    _check_days(order)
    if lines is not None and _replace_lines(order, lines):
        fields.append("lines")
    if not (is_new or fields):
        return order
    order.stage = stage_of(order, at=at)
    order.save()
    if is_new:
        facts = {"number": number, "customer": str(customer.pk), "stage": order.stage}
        record(RECORDED, order.pk, by=by, at=at, facts=facts)
    else:
        record(CHANGED, order.pk, by=by, at=at, facts={"fields": fields, "stage": order.stage})
    return order


def _replace_lines(order: Order, lines: Sequence[Line]) -> bool:
    """Make the order's lines these; False when they are so already."""
    serials = {line.serial for line in lines if line.serial}
    devices = {device.serial: device for device in Device.objects.filter(serial__in=serials)}
    if missing := sorted(serials - devices.keys()):
        raise Invalid(
            f"没有登记序列号 {missing[0]} 的设备。",
            f"No device with the serial number {missing[0]} is recorded.",
            fields={"lines": missing[0]},
        )
    wanted = [OrderLine(order=order, device=devices.get(line.serial), **_columns(line)) for line in lines]
    there = list(order.lines.select_related("device"))
    if [_shape(row) for row in there] == [_shape(row) for row in wanted]:
        return False
    order.lines.all().delete()
    OrderLine.objects.bulk_create(wanted)
    return True


def _columns(line: Line) -> dict[str, Any]:
    return {"device_type": line.device_type, "model": line.model, "quantity": line.quantity}


def _shape(row: OrderLine) -> tuple[object, ...]:
    return row.device_id, row.device_type, row.model, row.quantity


def _check(number: str, lines: Sequence[Line] | None, dates: dict[str, Any]) -> None:
    wrong = {name: "没有这个字段 / no such field" for name in dates if name not in DATES}
    if not number or len(number) > 60:
        wrong["number"] = "请填写订单号,不超过 60 字 / 1 to 60 characters"
    serials = [line.serial for line in lines or () if line.serial]
    if len(lines or ()) > MOST_LINES:
        wrong["lines"] = f"最多 {MOST_LINES} 行 / at most {MOST_LINES} lines"
    elif any(not line.device_type or line.quantity < 1 for line in lines or ()):
        wrong["lines"] = "每行需有设备类型和数量 / a type and a quantity in each line"
    elif len(set(serials)) < len(serials):
        wrong["lines"] = "同一设备出现两次 / a device twice"
    if wrong:
        raise Invalid("订单信息有误。", "The order cannot be kept as it is.", fields=wrong)


def _check_days(order: Order) -> None:
    if order.starts_on and order.ends_on and order.ends_on < order.starts_on:
        raise Invalid(
            "租期结束日早于开始日。",
            "The rental ends before it starts.",
            fields={"ends_on": "早于开始日 / before the first day"},
        )
