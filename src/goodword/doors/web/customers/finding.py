"""Finding customers: by what they say on the telephone, or by an order's number."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from goodword.company.customers.models import Customer
from goodword.company.customers.queries import find
from goodword.company.rentals.queries import find_orders

from ..access import WebRequest, page
from ..rentals.tabs import tabs
from ..templatetags.goodword_ui import t

PER_PAGE = 50
KINDS = {
    "company": ("企业", "Company"),
    "streamer": ("个人主播", "Streamer"),
    "agency": ("活动机构", "Agency"),
}


@page(right="customers.see")
def customers(request: WebRequest) -> HttpResponse:
    """`?q=` last four digits, name, whole telephone number, customer or order number; without it the newest."""
    query = request.GET.get("q", "").strip()[:120]
    shown: dict[str, object] = {
        "tabs": tabs(request.actor, "web:customers"),
        "query": query,
        "kinds": {code: t(*names) for code, names in KINDS.items()},
        "may_add": request.actor.has("customers.edit") or request.actor.has("cases.receive"),
    }
    if query:
        shown["customers"] = _found(query)
    else:
        newest = Customer.objects.order_by("-number").prefetch_related("contacts")
        shown["listed"] = Paginator(newest, PER_PAGE).get_page(request.GET.get("page"))
        shown["customers"] = shown["listed"]
    return render(request, "web/customers/find.html", shown)


def _found(query: str) -> list[Customer]:
    """By the customer's own values first, then by his orders; each once."""
    by_order = [order.customer_id for order in find_orders(query)]
    further = Customer.objects.filter(pk__in=by_order).prefetch_related("contacts").order_by("-number")
    return list({row.pk: row for row in (*find(query, limit=PER_PAGE), *further)}.values())
