"""Orders: the list, and one order with its course, its devices, its customer and its cases."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from goodword.base.core.errors import NotFound
from goodword.company.customers.queries import by_number, find
from goodword.company.rentals.codes import Place
from goodword.company.rentals.listing import orders_listed
from goodword.company.rentals.models import Order, OrderLine
from goodword.company.rentals.queries import course_of, lines_of, order_by_number, stage_of
from goodword.voice.cases.queries.standing import open_by

from ..access import WebRequest, page
from ..asked import cleaned
from ..cases.brief import brief
from ..cases.naming import Names
from ..templatetags.goodword_ui import t
from .codes import code_shown
from .listing import ON_A_PAGE, cases_url, pager
from .tabs import tabs

EVENTS = {
    "consulted": ("咨询", "Consulted"),
    "signed": ("签约", "Signed"),
    "checked_out": ("出库检查", "Checked out"),
    "sent_out": ("发出", "Sent out"),
    "delivered": ("送达", "Delivered"),
    "set_up": ("安装调试", "Set up"),
    "trained": ("培训", "Trained"),
    "repair_started": ("开始维修", "Repair started"),
    "repaired": ("维修完成", "Repaired"),
    "return_started": ("开始归还", "Return started"),
    "returned": ("归还", "Returned"),
    "inspected": ("验收", "Inspected"),
    "settled": ("结算", "Settled"),
}
MOST_DIGITS = 9


@page(right="rentals.see")
def orders(request: WebRequest) -> HttpResponse:
    """`?q=` the beginning of a number or the customer, `?stage=`, `?customer=` its number. A fixed number of queries."""
    names = Names(timezone.localtime(request.now).date())
    asked = {
        name: cleaned(request.GET.get(name, "")) for name in ("q", "stage", "customer", "after", "before")
    }
    number = asked["customer"]
    known = by_number(int(number)) if number.isdecimal() and len(number) <= MOST_DIGITS else None
    leaf = orders_listed(
        text=asked["q"],
        customers=[one.pk for one in find(asked["q"])],
        stage=asked["stage"],
        customer=known.pk if known else None,
        limit=ON_A_PAGE,
        after=asked["after"],
        before=asked["before"],
    )
    still = open_by(request.actor, "order", [row.pk for row in leaf.rows])
    context = {
        "tabs": tabs(request.actor, "web:orders"),
        "asked": asked,
        "of_customer": known,
        "stages": names.pairs("stage", empty=True),
        "is_narrowed": any(asked.values()),
        "rows": [_listed(row, names, still.get(row.pk, 0)) for row in leaf.rows],
        "pager": pager(request.GET, leaf, [row.number for row in leaf.rows]),
    }
    return render(request, "web/rentals/orders.html", context)


@page(right="rentals.see")
def order(request: WebRequest, number: str) -> HttpResponse:
    """One order. A fixed number of queries."""
    row = order_by_number(number)
    if row is None:
        raise NotFound("没有这张租赁单。", "There is no such order.")
    names = Names(timezone.localtime(request.now).date())
    context = {
        "order": row,
        "stage": names.of("stage", stage_of(row, at=request.now)),
        "course": [(at, t(*EVENTS.get(event, (event, event)))) for event, at in _course(row)],
        "is_late": row.promised_at is not None and row.delivered_at is None and row.promised_at < request.now,
        "lines": [line_shown(line, names) for line in lines_of(row)],
        "code": code_shown(request, Place(order=row), row.number),
        **brief(request.actor, Q(order=row), order=row.number),
    }
    return render(request, "web/rentals/order.html", context)


def line_shown(line: OrderLine, names: Names) -> dict[str, Any]:
    """A line with what it is called; `serial` where a device was picked. The line comes with its device."""
    kind = names.of("device_type", line.device_type)
    model = line.model or (line.device.model if line.device else "")
    return {
        "what": model or kind,
        "type": kind,
        "serial": line.device.serial if line.device else "",
        "quantity": line.quantity,
    }


def order_shown(row: Order, names: Names) -> dict[str, Any]:
    """An order of a list with its stage and lines, which come with it."""
    return {
        "row": row,
        "stage": names.of("stage", row.stage),
        "lines": [line_shown(line, names) for line in row.lines.all()],
    }


def _listed(row: Order, names: Names, still: int) -> dict[str, Any]:
    return order_shown(row, names) | {
        "open": still,
        "open_url": cases_url(order=row.number, state="open"),
    }


def _course(row: Order) -> list[tuple[str, Any]]:
    return sorted(course_of(row).events, key=lambda told: told[1], reverse=True)
