"""A new customer, a further contact, a new order."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from goodword.base.core.errors import Invalid
from goodword.company.customers.actions.contacts import add_contact as add
from goodword.company.customers.actions.registering import register
from goodword.company.customers.checking import ContactFacts
from goodword.company.customers.queries import match
from goodword.company.rentals.actions.orders import record_order

from ..access import WebRequest, page
from ..templatetags.goodword_ui import t
from .forms import ContactForm, CustomerForm, OrderForm
from .showing import customer, known_customer


@page(right="customers.see", methods="GET POST")
def new_customer(request: WebRequest) -> HttpResponse:
    """The form; posted, the customer, or the one that has this telephone number already."""
    if request.method != "POST":
        return render(request, "web/customers/new.html", {"form": CustomerForm(request.typed)})
    form = CustomerForm(request.POST)
    if not form.is_valid():
        raise incomplete()
    typed = form.cleaned_data
    known = match(phone=typed["phone"]) if typed["phone"] else None
    made = register(
        kind=typed["kind"],
        name=typed["name"],
        contact=facts_of(form),
        note=typed["note"],
        by=request.actor,
        at=request.now,
    )
    if known is not None:
        messages.info(
            request,
            t("这个电话已登记在该客户名下。", "This telephone number belongs to this customer already."),
        )
    else:
        messages.success(request, t("已建档。", "Registered."))
    return HttpResponseRedirect(reverse("web:customer", args=[made.number]))


@page(right="customers.edit", methods="POST", back=customer)
def add_contact(request: WebRequest, number: int) -> HttpResponse:
    """A further person at the customer."""
    row, form = known_customer(number), ContactForm(request.POST)
    facts = facts_of(form) if form.is_valid() else None
    if facts is None:
        raise incomplete()
    add(row, facts, by=request.actor, at=request.now)
    messages.success(request, t("已添加联系人。", "Contact added."))
    return HttpResponseRedirect(reverse("web:customer", args=[number]))


@page(right="rentals.edit", methods="POST", back=customer)
def new_order(request: WebRequest, number: int) -> HttpResponse:
    """A new order of the customer; the same number again updates it."""
    row = known_customer(number)
    form = OrderForm(request.POST, on=timezone.localtime(request.now).date())
    if not form.is_valid():
        raise incomplete()
    lines = form.lines()
    record_order(
        form.cleaned_data["number"],
        customer=row,
        lines=lines or None,
        by=request.actor,
        at=request.now,
        **form.dates(),
    )
    messages.success(request, t("订单已登记。", "The order is recorded."))
    return HttpResponseRedirect(f"{reverse('web:customer', args=[number])}#orders")


def facts_of(form: ContactForm) -> ContactFacts | None:
    """The contact as typed; None when nothing of it was filled in."""
    typed = form.cleaned_data
    facts = ContactFacts(
        name=typed["contact_name"],
        phone=typed["phone"],
        email=typed["email"],
        wechat=typed["wechat"],
        preferred=typed["preferred"],
    )
    return facts if any((facts.name, facts.phone, facts.email, facts.wechat)) else None


def incomplete() -> Invalid:
    """What is said of a form that cannot be read; its fields carry the rest."""
    return Invalid("有些内容不完整或有误，请看表单。", "Something is missing or wrong; see the form.")
