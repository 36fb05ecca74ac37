"""Taking feedback down: the form, the proposal shown while typing, and the case that comes of it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from goodword.base.core.errors import Invalid
from goodword.base.language.classifying import classify
from goodword.base.language.nearness import sketch
from goodword.company.channels.hotline.actions.attaching import attach
from goodword.company.customers.actions.registering import register
from goodword.company.customers.checking import ContactFacts
from goodword.company.customers.models import Customer
from goodword.company.customers.queries import contact_of, contact_with
from goodword.voice.cases import labels
from goodword.voice.cases.actions.receiving import Word, receive
from goodword.voice.cases.figures.duplicates import NO_SKETCH
from goodword.voice.cases.queries.duplicates import Wanted

from ...access import WebRequest, page
from ...asked import cleaned
from ...templatetags.goodword_ui import t
from ..alike import alike_to
from ..calls import OF_A_CALL
from ..candidates import candidates
from ..elements import asked_for
from ..forms.intake import IntakeForm
from ..naming import Names
from ..readings import rows_of
from ..views.attachments import keep


@page(right="cases.receive", methods="GET POST", files=True)
def take_down(request: WebRequest) -> HttpResponse:
    """The form; posted, the case is received and its page comes next, with the tracking code said once."""
    day = timezone.localtime(request.now).date()
    if request.method == "POST":
        form = IntakeForm(request.POST, request.FILES, day=day)
        if not form.is_valid():
            raise Invalid("有些内容不完整或有误，请看表单。", "Something is missing or wrong; see the form.")
        return _received(request, form.cleaned_data)
    form = IntakeForm(request.typed, day=day, initial=_known_before(request))
    if request.refused is not None and form.is_valid():
        for name, words in request.refused.fields.items():
            form.add_error(name if name in form.fields else None, words)
    return drawn(request, form, typed=cleaned(form["find"].value() or ""))


@page(right="cases.receive", methods="POST", one_fact=False)
def customers(request: WebRequest) -> HttpResponse:
    """Whom `find` may mean: for htmx the list alone, else the whole page again with all that was typed.

    A POST, so that a name or a telephone number stands in no address. `enter` is sent where Enter was pressed without
    script: it looks for whom was typed while nobody is chosen, and says else that nothing has been taken down.
    """
    typed = cleaned(request.POST.get("find", ""))
    if request.headers.get("HX-Request") and not request.headers.get("HX-Boosted"):
        context = {"found": candidates(typed, request.actor), "typed": typed}
        return render(request, "web/cases/found.html", context)
    form = IntakeForm(initial=request.POST.dict(), day=timezone.localtime(request.now).date())
    chosen = request.POST.get("found") or request.POST.get("customer")
    return drawn(request, form, typed=typed, only_kept="enter" in request.POST and bool(chosen or not typed))


def drawn(request: WebRequest, form: IntakeForm, *, typed: str, only_kept: bool = False) -> HttpResponse:
    """The page: the form, whom was found, and the record's elements with what of them was given.

    only_kept: it says that nothing was taken down.
    """
    context = {
        "form": form,
        "typed": typed,
        "only_kept": only_kept,
        "picked": form["found"].value() or "",
        "found": candidates(typed, request.actor),
        "call": form.call_said(),
        "elements": asked_for(form, on=timezone.localtime(request.now).date()),
    }
    return render(request, "web/cases/intake.html", context)


@page(right="cases.receive", methods="POST", one_fact=False)
def proposal(request: WebRequest) -> HttpResponse:
    """What the reader makes of the words so far, and which cases may be the same matter.

    A POST, so that a customer's words stand in no address.
    """
    day = timezone.localtime(request.now).date()
    text = request.POST.get("text", "").strip()[:4000]
    if not text:
        return render(request, "web/cases/proposal.html", {"rows": []})
    names = Names(day)
    found = alike_to(_wanted(request, text, day), request.actor, at=request.now, names=names)
    rows = rows_of(labels.proposal_from(classify(text)), names=names)
    context = {"rows": rows, "alike": found, "may_add": request.actor.has("cases.reply")}
    return render(request, "web/cases/proposal.html", context)


def _wanted(request: WebRequest, text: str, day: date) -> Wanted:
    """What is known so far of who says it; what is not valid yet is not known."""
    form = IntakeForm(request.POST, day=day)
    form.full_clean()
    typed = form.cleaned_data
    customer, order = typed.get("customer"), typed.get("order")
    if customer is None and order is not None:
        customer = order.customer
    contact = contact_with(phone=typed.get("phone", ""))
    return Wanted(
        text=text,
        customer_id=customer.pk if customer else contact.customer_id if contact else None,
        contact_id=contact.pk if contact else None,
        email_index=contact.email_index if contact else "",
        order_id=order.pk if order else None,
        sketch=sketch(text) or NO_SKETCH,
    )


def _known_before(request: WebRequest) -> dict[str, Any]:
    """What the page that led here knew: ?customer=12&order=ZL…&call=…"""
    known: dict[str, Any] = {"channel": "hotline"}
    for name in ("customer", "order", "device", "call"):
        if value := request.GET.get(name, ""):
            known[name] = value[:60]
    return known


def _received(request: WebRequest, typed: dict[str, Any]) -> HttpResponse:
    call = typed["call"]
    phone = typed["phone"] or (call.number.clear() if call else "")
    customer = _customer(request, typed, phone=phone)
    contact = contact_of(customer, phone=phone) if customer else None
    word = Word(
        text=typed["text"],
        channel=typed["channel"],
        customer=customer,
        contact=contact,
        outside_id=f"{OF_A_CALL}{call.pk}" if call else "",
        **{
            name: typed[name]
            for name in (
                *("order", "device", "device_type", "kind"),
                *("scene", "asks", "asked_by_at", "urgent_need"),
            )
        },
    )
    received = receive(word, by=request.actor, at=request.now)
    keep(received.case, typed["attached"], by=request.actor, at=request.now)
    if call is not None:
        attach(call, received.case.pk, by=request.actor, at=request.now)
    number = received.case.number
    messages.success(
        request,
        t(
            "工单 #{number} 已受理。请告诉客户查询码：{code}（只显示这一次）。",
            "Case #{number} is taken down. Tell the customer the tracking code: {code} (shown only now).",
            number=number,
            code=received.code,
        ),
    )
    alike = received.case.duplicates.select_related("other").order_by("-nearness").first()
    if alike is not None:
        messages.warning(
            request,
            t(
                "它可能与 #{other} 是同一件事：下面可以对照并合并。",
                "It may be the same matter as #{other}: compare and merge them below.",
                other=alike.other.number,
            ),
        )
    return HttpResponseRedirect(reverse("web:case", args=[number]))


def _customer(request: WebRequest, typed: dict[str, Any], *, phone: str) -> Customer | None:
    """The customer chosen, the order's, or a new one by name and telephone; None when nobody was named."""
    if typed["customer"] is not None:
        known: Customer = typed["customer"]
        return known
    if typed["order"] is not None:
        found: Customer = typed["order"].customer
        return found
    if not typed["name"] and not typed["phone"]:
        return None
    if not typed["name"]:
        raise Invalid("请填写客户姓名。", "Give the customer’s name.", fields={"name": "必填 / required"})
    return register(
        kind=typed["customer_kind"] or "streamer",
        name=typed["name"],
        contact=ContactFacts(name=typed["name"], phone=phone) if phone else None,
        by=request.actor,
        at=request.now,
    )
