"""The list of devices: its filters stand in the address."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from goodword.company.rentals.listing import devices_listed
from goodword.company.rentals.models import Device, Order
from goodword.company.rentals.queries import latest_renting
from goodword.voice.cases.queries.standing import open_by

from ..access import WebRequest, page
from ..asked import cleaned
from ..cases.naming import Names
from .listing import ON_A_PAGE, any_of, cases_url, pager
from .tabs import tabs


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
        "types": any_of(names, "device_type"),
        "is_narrowed": any(asked.values()),
        "rows": [_listed(row, latest.get(row.pk), still.get(row.pk, 0), names) for row in leaf.rows],
        "pager": pager(request.GET, leaf, [row.serial for row in leaf.rows]),
    }
    return render(request, "web/rentals/devices.html", context)


def _listed(row: Device, latest: Order | None, still: int, names: Names) -> dict[str, Any]:
    return {
        "row": row,
        "type": names.of("device_type", row.device_type),
        "order": latest,
        "stage": names.of("stage", latest.stage) if latest else "",
        "open": still,
        "open_url": cases_url(device=row.serial, state="open"),
    }
