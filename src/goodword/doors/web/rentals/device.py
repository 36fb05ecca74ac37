"""One device with the order it is out on, those before, its cases and what was found wrong."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from goodword.base.core.errors import NotFound
from goodword.company.rentals.codes import Place
from goodword.company.rentals.queries import device_by_serial, orders_renting, stages_of
from goodword.voice.cases.queries.standing import causes_of

from ..access import WebRequest, page
from ..cases.brief import brief
from ..cases.naming import Names
from .codes import code_shown
from .listing import cases_url

OUT = frozenset({"deliver", "in_use", "repair", "return"})
"""Stages of an order in which its devices are with the customer, or on the way."""


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
