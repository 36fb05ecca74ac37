"""One customer: who it is (masked), its contacts, orders, devices and cases."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from goodword.base.core.errors import NotFound
from goodword.company.customers.models import Customer
from goodword.company.customers.queries import by_number, reveals_of
from goodword.company.rentals.queries import orders_of

from ..access import WebRequest, page
from ..cases.brief import brief
from ..cases.naming import Names
from ..rentals.lines import order_shown
from ..templatetags.goodword_ui import t
from .finding import KINDS
from .forms import ContactForm, OrderForm, QuietForm

FIELD_NAMES = {
    "name": ("姓名", "name"),
    "note": ("备注", "note"),
    "phone": ("电话", "telephone"),
    "email": ("邮箱", "mail"),
    "wechat": ("微信", "WeChat"),
}


@page(right="customers.see")
def customer(request: WebRequest, number: int, **_of_the_form_refused: str) -> HttpResponse:
    """The customer's page. A constant number of queries."""
    row = known_customer(number)
    today = timezone.localtime(request.now).date()
    typed = request.typed or None
    names = Names(today)
    shown: dict[str, Any] = {
        "customer": row,
        "kind": t(*KINDS[row.kind]),
        "contacts": list(row.contacts.all()),
        "orders": [order_shown(order, names) for order in orders_of(row, limit=50)],
        **brief(request.actor, Q(customer=row), customer=row.number),
        "may_reveal": request.actor.has("customers.reveal"),
        "may_edit": request.actor.has("customers.edit"),
        "may_order": request.actor.has("rentals.edit"),
        "may_receive": request.actor.has("cases.receive"),
        "contact_form": ContactForm(typed if typed and "preferred" in typed else None),
        "quiet_form": QuietForm(
            typed if typed and "quiet_from" in typed else None,
            initial={"quiet_from": row.quiet_from, "quiet_until": row.quiet_until},
        ),
        "order_form": OrderForm(typed if typed and "number" in typed else None, on=today),
    }
    if shown["may_reveal"]:
        shown["reveals"] = [
            {"row": reveal, "field": t(*FIELD_NAMES[reveal.field])} for reveal in reveals_of(row, limit=10)
        ]
    return render(request, "web/customers/customer.html", shown)


def known_customer(number: int) -> Customer:
    """The customer with this number. Raises NotFound."""
    found = by_number(number)
    if found is None:
        raise NotFound("没有这位客户。", "There is no such customer.")
    return found
