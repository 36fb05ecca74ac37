"""The workbench's further pages for bench_pages.py: orders and devices, putting together, calls, settings, what is asked by POST."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from visiting import Visitor

Measured = tuple[str, Visitor, str, dict[str, Any] | None]
"""(name, who, path, what is sent: None for a GET)."""
BUSY = "FB-3.2a"
WORDS = "租的编码器现场黑屏，马上要直播了"


def further_pages(lead: Visitor, agent: Visitor, head: Visitor, admin: Visitor) -> list[Measured]:
    """Every page of the workbench that bench_pages.py does not name itself, with the installation's objects filled in."""
    return [*_things(lead), *_cases(lead), *_telephone(agent), *_figures(lead, head), *_settings(lead, admin)]


def _things(lead: Visitor) -> list[Measured]:
    from goodword.company.rentals.models import Device, Order

    order, device = Order.objects.order_by("-pk")[0], Device.objects.order_by("pk")[0]
    faults = f"/cases/?{urlencode({'device': device.serial, 'cause': 'device_aging'})}"
    return [
        ("orders, late", lead, "/orders/?delivery=late", None),
        ("orders, one stage", lead, "/orders/?stage=in_use", None),
        ("orders, by number", lead, f"/orders/?q={order.number[:6]}", None),
        ("devices, by number", lead, f"/devices/?q={device.serial[:5]}", None),
        ("device's faults", lead, faults, None),
        ("codes", lead, f"/codes/?things={order.number}", None),
        ("codes, a sheet", lead, "/codes/", {"things": f"{order.number}\n{device.serial}"}),
    ]


def _cases(lead: Visitor) -> list[Measured]:
    from goodword.voice.cases.models import Case

    some = list(
        Case.objects.filter(state="investigating").order_by("-number").values_list("number", flat=True)[:16]
    )
    ticked = {"scope": "picked", "cases": ",".join(map(str, some)), "action": "notes"}
    return [
        ("comparison", lead, f"/cases/{some[0]}/comparison/?other={some[1]}", None),
        ("presence", lead, f"/cases/{some[0]}/presence/", {}),
        ("case's scripts", lead, f"/cases/{some[0]}/scripts/", None),
        ("all of a filter, how many", lead, "/cases/bulk/reach/?state=closed", None),
        (
            "all of a filter, the form",
            lead,
            "/cases/bulk/",
            {"scope": "all", "action": "notes", "choose": "1"},
        ),
        ("several, a look at 15", lead, "/cases/bulk/", {**ticked, "text": "看过"}),
        ("several, lately", lead, "/cases/bulk/", None),
        ("saved views", lead, "/cases/views/", None),
        ("blind checks", lead, "/cases/checks/", None),
        ("heard", lead, "/heard/", None),
    ]


def _telephone(agent: Visitor) -> list[Measured]:
    return [
        ("intake", agent, "/cases/new/", None),
        ("intake, whom it may be", agent, "/cases/new/customers/", {"find": "1234"}),
        (
            "intake, what it is and is like",
            agent,
            "/cases/new/proposal/",
            {"text": WORDS, "channel": "phone"},
        ),
        ("calls", agent, "/calls/", None),
    ]


def _figures(lead: Visitor, head: Visitor) -> list[Measured]:
    look = {"figure:within": "20", "figure:within:unit": "min", "holds_from": "", "note": ""}
    return [
        ("new figures, a look first", head, f"/regulations/{BUSY}/editions/look/", look),
        ("reader", lead, "/regulations/reader/", None),
        ("search", lead, "/search/?q=%E7%BC%96%E7%A0%81%E5%99%A8", None),
        ("palette", lead, "/palette/", None),
    ]


def _settings(lead: Visitor, admin: Visitor) -> list[Measured]:
    own = (
        "channels",
        "figures",
        "departments",
        "groups",
        "notices",
        "hotline",
        "people",
        "rosters",
        "tokens",
        "calendars/hotline",
    )
    pages = [(f"settings, {name}", admin, f"/settings/{name}/", None) for name in own]
    return [
        *pages,
        ("settings, scripts", lead, "/settings/scripts/", None),
        ("channel notice", lead, "/p/channels/", None),
    ]
