"""The three lists that belong together: customers, orders, devices."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from goodword.base.people.actors import Actor

from ..templatetags.goodword_ui import t

TABS = (
    ("web:customers", "customers.see", "客户", "Customers"),
    ("web:orders", "rentals.see", "租赁单", "Orders"),
    ("web:devices", "rentals.see", "设备", "Devices"),
)


def tabs(actor: Actor, current: str) -> list[dict[str, Any]]:
    """The lists this person may open. current: the name of the page's URL."""
    return [
        {"url": reverse(name), "label": t(zh, en), "current": name == current, "count": None}
        for name, right, zh, en in TABS
        if actor.has(right)
    ]
