"""The list of orders: its filters stand in the address."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from goodword.company.customers.queries import by_number, find
from goodword.company.rentals.listing import orders_listed
from goodword.company.rentals.models import Order
from goodword.voice.cases.queries.standing import open_by

from ..access import WebRequest, page
from ..asked import cleaned
from ..cases.naming import Names
from ..templatetags.goodword_ui import t
from .lines import is_late, order_shown
from .listing import ON_A_PAGE, any_of, cases_url, pager
from .tabs import tabs

MOST_DIGITS = 9
LATE = "late"
ASKED = ("q", "stage", "customer", "delivery", "after", "before")


@page(right="rentals.see")
def orders(request: WebRequest) -> HttpResponse:
    """`?q=` the beginning of a number or the customer, `?stage=`, `?customer=` its number, `?delivery=late`.

    A fixed number of queries.
    """
    names = Names(timezone.localtime(request.now).date())
    asked = {name: cleaned(request.GET.get(name, "")) for name in ASKED}
    number = asked["customer"]
    known = by_number(int(number)) if number.isdecimal() and len(number) <= MOST_DIGITS else None
    leaf = orders_listed(
        text=asked["q"],
        customers=[one.pk for one in find(asked["q"])],
        stage=asked["stage"],
        customer=known.pk if known else None,
        late_at=request.now if asked["delivery"] == LATE else None,
        limit=ON_A_PAGE,
        after=asked["after"],
        before=asked["before"],
    )
    still = open_by(request.actor, "order", [row.pk for row in leaf.rows])
    context = {
        "tabs": tabs(request.actor, "web:orders"),
        "asked": asked,
        "of_customer": known,
        "stages": any_of(names, "stage"),
        "deliveries": [("", t("不限", "Any")), (LATE, t("过了约定时间还没送达", "Promised, and late"))],
        "is_narrowed": any(asked.values()),
        "rows": [_listed(row, names, still.get(row.pk, 0), now=request.now) for row in leaf.rows],
        "pager": pager(request.GET, leaf, [row.number for row in leaf.rows]),
    }
    return render(request, "web/rentals/orders.html", context)


def _listed(row: Order, names: Names, still: int, *, now: datetime) -> dict[str, Any]:
    return order_shown(row, names) | {
        "is_late": is_late(row, at=now),
        "open": still,
        "open_url": cases_url(order=row.number, state="open"),
    }
