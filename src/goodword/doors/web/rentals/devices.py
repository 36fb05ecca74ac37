"""Devices: the list, and one device with the order it is out on, those before, its cases and what was found wrong."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from goodword.base.core.errors import NotFound
from goodword.company.rentals.codes import Place
from goodword.company.rentals.listing import devices_listed
from goodword.company.rentals.models import Device, Order
from goodword.company.rentals.queries import device_by_serial, latest_renting, orders_renting, stages_of
from goodword.voice.cases.queries.standing import causes_of, open_by

from ..access import WebRequest, page
from ..asked import cleaned
from ..cases.brief import brief
from ..cases.naming import Names
from .codes import code_shown
from .listing import ON_A_PAGE, cases_url, pager
from .tabs import tabs

OUT = frozenset({"deliver", "in_use", "repair", "return"})
"""Stages of an order in which its devices are with the customer, or on the way."""


@page(right="rentals.see")
def devices(request: WebRequest) -> HttpResponse:
    """`?q=` the beginning of a serial number, `?type=` a type. A fixed number of queries."""
    names = Names(timezone.localtime(request.now).date())
    asked = {name: cleaned(request.GET.get(name, "")) for name in ("q", "type", "after", "before")}
    leaf = devices_listed(
        text=asked["q"],
        device_type=asked["type"],
        limit=ON_A_PAGE,
        after=asked["after"],
        before=asked["before"],
    )
    keys = [row.pk for row in leaf.rows]
    latest, still = latest_renting(leaf.rows), open_by(request.actor, "device", keys)
    context = {
        "tabs": tabs(request.actor, "web:devices"),
        "asked": asked,
        "types": names.pairs("device_type", empty=True),
        "is_narrowed": any(asked.values()),
        "rows": [_listed(row, latest.get(row.pk), still.get(row.pk, 0), names) for row in leaf.rows],
        "pager": pager(request.GET, leaf, [row.serial for row in leaf.rows]),
    }
    return render(request, "web/rentals/devices.html", context)


@page(right="rentals.see")
def device(request: WebRequest, serial: str) -> HttpResponse:
    """One device. A fixed number of queries."""
    row = device_by_serial(serial)
    if row is None:
        raise NotFound("没有这台设备。", "There is no such device.")
    names = Names(timezone.localtime(request.now).date())
    rented = orders_renting(row)
    stages = stages_of(rented, at=request.now)
    out_on = next((order for order in rented if stages[order.pk] in OUT), None)
    context = {
        "device": row,
        "type": names.of("device_type", row.device_type),
        "out_on": out_on,
        "orders": [
            {"row": order, "stage": names.of("stage", stages[order.pk]), "is_now": order == out_on}
            for order in rented
        ],
        "causes": [
            {
                "label": names.of("cause", cause),
                "value": count,
                "href": cases_url(device=row.serial, cause=cause),
            }
            for cause, count in causes_of(request.actor, row)
        ],
        "code": code_shown(request, Place(device=row), row.serial),
        **brief(request.actor, Q(device=row), device=row.serial),
    }
    return render(request, "web/rentals/device.html", context)


def _listed(row: Device, latest: Order | None, still: int, names: Names) -> dict[str, Any]:
    return {
        "row": row,
        "type": names.of("device_type", row.device_type),
        "order": latest,
        "stage": names.of("stage", latest.stage) if latest else "",
        "open": still,
        "open_url": cases_url(device=row.serial, state="open"),
    }
