"""Looking for what somebody typed, in everything they may see. Each look-up runs on an index; their number is fixed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse

from goodword.base.core.masks import mask_text
from goodword.base.language.script import chosen
from goodword.base.language.text import normalise
from goodword.base.people.actors import Actor
from goodword.company.customers.models import Customer
from goodword.company.customers.queries import find
from goodword.company.rentals.models import Order
from goodword.company.rentals.queries import devices_beginning, orders_beginning
from goodword.engine.policy.queries import all_clauses
from goodword.engine.policy.schema import Clause
from goodword.voice.cases.models import Case
from goodword.voice.cases.queries import listing
from goodword.voice.cases.queries.leafing import newest
from goodword.voice.cases.queries.searching import numbers_saying

from ..cases.naming import STATE_TONES, customer_name, state_name
from ..help.pages import helps_about
from ..templatetags.goodword_ui import case_words, t
from .found import Group, Hit

SAYING = 500
"""Of a common word, so many of the newest cases are looked at: the list behind "all" goes further back."""
READ = (
    *("number", "subject", "text", "state", "received_at", "customer__name", "customer__public_name"),
    *("responsible__code", "responsible__name_zh", "responsible__name_en"),
)


def everything(text: str, actor: Actor, *, limit: int) -> list[Group]:
    """Groups with something in them, at most `limit` hits each, what is most likely meant first.

    text: as `asked.cleaned` gives it. Fifteen queries at most for whoever sees all, one more for each further way in which
    somebody sees cases (`listing.reach`).
    """
    if not text:
        return []
    customers = find(text, limit=limit + 1) if actor.has("customers.see") else []
    sees_orders = actor.has("rentals.see")
    orders = orders_beginning(text, limit=limit + 1) if sees_orders else []
    groups = [
        _cases(text, actor, customers, orders, limit=limit),
        _customers(text, customers, limit=limit),
        _orders(orders, limit=limit),
        _devices(text, limit=limit) if sees_orders else None,
        _clauses(text, limit=limit) if actor.has("policy.see") else None,
        Group(
            "help",
            t("帮助", "Help"),
            "help",
            [Hit(one.url, one.title) for one in helps_about(text, actor)[:limit]],
        ),
    ]
    return [group for group in groups if group is not None and group.hits]


def _cases(
    text: str, actor: Actor, customers: Iterable[Customer], orders: Iterable[Order], *, limit: int
) -> Group | None:
    """By number or its end first; then by words, and those of the customers and orders that were found, the newest first."""
    if not actor.has("cases.see"):
        return None
    by_number = _numbered(text, actor)
    said = Q(number__in=numbers_saying(text, most=SAYING))
    if whose := [customer.pk for customer in customers]:
        said |= Q(customer__in=whose)
    if hired := [order.pk for order in orders]:
        said |= Q(order__in=hired)
    rows = Case.objects.select_related("customer", "responsible").only(*READ)
    leaf = newest(actor, lambda cases: cases.filter(said), limit=limit + 1, read=rows)
    found = list({case.number: case for case in (*by_number, *leaf.cases)}.values())
    more = f"{reverse('web:cases')}?{urlencode({'q': text})}" if len(found) > limit else ""
    return Group("cases", t("工单", "Cases"), "message-report", [_case(one) for one in found[:limit]], more)


def _numbered(text: str, actor: Actor) -> list[Case]:
    """The case of this number, then those whose numbers end in it, the newest first. Two queries."""
    exact = listing.number_said(text)
    numbers = [*([] if exact is None else [exact]), *listing.numbers_ending(text.removeprefix("#"))]
    if not numbers:
        return []
    rows = listing.visible_to(actor).filter(number__in=numbers).select_related(None)
    rows = rows.select_related("customer", "responsible").only(*READ)
    return sorted(rows, key=lambda case: (case.number != exact, -case.number))


def _case(case: Case) -> Hit:
    return Hit(
        url=reverse("web:case", args=[case.number]),
        title=f"#{case.number} {case_words(case)}",
        note=customer_name(case),
        badge=state_name(case.state),
        tone=STATE_TONES.get(case.state, "accent"),
    )


def _customers(text: str, found: list[Customer], *, limit: int) -> Group:
    more = f"{reverse('web:customers')}?{urlencode({'q': text})}" if len(found) > limit else ""
    return Group(
        "customers", t("客户", "Customers"), "users", [_customer(one) for one in found[:limit]], more
    )


def _customer(customer: Customer) -> Hit:
    contacts = list(customer.contacts.all())
    reached = f"{contacts[0].name} {contacts[0].phone}".strip() if contacts else ""
    return Hit(
        reverse("web:customer", args=[customer.number]), f"{customer.shown_name} · {customer.number}", reached
    )


def _orders(found: list[Order], *, limit: int) -> Group:
    hits = [
        Hit(reverse("web:order", args=[one.number]), one.number, one.customer.shown_name)
        for one in found[:limit]
    ]
    return Group("orders", t("订单", "Orders"), "package", hits)


def _devices(text: str, *, limit: int) -> Group:
    """Devices, with the order that rented each last."""
    hits = [
        Hit(
            reverse("web:device", args=[device.serial]),
            f"{mask_text(device.name or device.model)} {device.serial}".strip(),
            order.number if order else "",
        )
        for device, order in devices_beginning(text, limit=limit)
    ]
    return Group("devices", t("设备", "Devices"), "camera", hits)


def _clauses(text: str, *, limit: int) -> Group:
    found = clauses_about(text)
    hits = [
        Hit(
            url=reverse("web:clause", args=[clause.id]),
            title=f"{clause.id} {chosen(clause.title.zh, clause.title.en)}",
            note=chosen(clause.words.zh, clause.words.en),
        )
        for clause in found[:limit]
    ]
    return Group("clauses", t("条款", "Clauses"), "scale", hits)


def clauses_about(text: str) -> list[Clause]:
    """Clauses by id (FB-4.3b, fb43b), else by title, else by their words; every part of `text` stands in them."""
    spelt, parts = _bare(text), normalise(text).split()
    ranked = []
    for place, (clause, bare, title, words) in enumerate(_haystacks()):
        if len(spelt) >= 3 and bare.startswith(spelt):
            ranked.append((0 if bare == spelt else 1, place, clause))
        elif parts and all(part in title for part in parts):
            ranked.append((2, place, clause))
        elif parts and len(normalise(text)) > 1 and all(part in words for part in parts):
            ranked.append((3, place, clause))
    return [clause for _, _, clause in sorted(ranked, key=lambda one: one[:2])]


@lru_cache(maxsize=1)
def _haystacks() -> list[tuple[Clause, str, str, str]]:
    """Each clause with its bare id, its titles, and all its words, as they are compared."""
    return [
        (
            clause,
            _bare(clause.id),
            normalise(f"{clause.title.zh} {clause.title.en}"),
            normalise(
                f"{clause.cite} {clause.title.zh} {clause.title.en} {clause.words.zh} {clause.words.en}"
            ),
        )
        for clause in all_clauses().values()
    ]


def _bare(clause_id: str) -> str:
    return re.sub(r"[^0-9a-z]", "", clause_id.lower()) if clause_id.isascii() else ""
