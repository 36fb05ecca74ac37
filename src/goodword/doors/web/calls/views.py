"""Calls: the newest, those to return, one by one; and the card that comes up at whoever answers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseNotModified, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from goodword.base.core.errors import Invalid, NotFound
from goodword.base.language.script import spoken
from goodword.company.channels.hotline.actions import attaching, returning
from goodword.company.channels.hotline.actions import by_hand as writing
from goodword.company.channels.hotline.models import Call
from goodword.company.channels.hotline.queries import known_call, latest, on_the_line, to_return
from goodword.voice.cases.queries import listing

from ..access import WebRequest, page
from ..telephone import EVENTS, HOW, shown
from ..templatetags.goodword_ui import t
from .forms import CallForm
from .showing import caller

MOST = 100


@page(right="cases.receive")
def calls(request: WebRequest, **_of_the_form_refused: int) -> HttpResponse:
    """The newest calls, those to return, and a form for one the call centre did not tell of."""
    typed = request.typed if request.typed and "began_at" in request.typed else None
    now = timezone.localtime(request.now).strftime("%Y-%m-%dT%H:%M")
    context = {
        "calls": shown(latest(limit=MOST)),
        "returns": to_return(limit=MOST),
        "form": CallForm(typed, initial={"began_at": now}),
    }
    return render(request, "web/calls/list.html", context)


@page(right="cases.receive", methods="POST", back=calls)
def by_hand(request: WebRequest) -> HttpResponse:
    """A call is written down; its page comes next."""
    form = CallForm(request.POST)
    if not form.is_valid():
        raise Invalid("有些内容不完整或有误，请看表单。", "Something is missing or wrong; see the form.")
    written = writing.write_down(**form.facts(), by=request.actor, at=request.now)
    messages.success(request, t("已记录。", "Written down."))
    return HttpResponseRedirect(reverse("web:call", args=[written.pk]))


@page(right="cases.receive")
def call(request: WebRequest, call_id: UUID, opened: str = "") -> HttpResponse:
    """One call: how it went, by what events, who it is, its case, its recording."""
    row = _known(call_id)
    case = (
        listing.visible_to(request.actor).filter(pk=row.case_id).values_list("number", flat=True).first()
        if row.case_id
        else None
    )
    context: dict[str, Any] = {
        "one": shown([row])[0],
        "events": [(event.at, t(*EVENTS[event.kind])) for event in row.events.order_by("at", "pk")],
        "returns": [
            {"row": task, "how": t(*HOW[task.how]) if task.how else ""}
            for task in row.returns.select_related("done_by__person").order_by("pk")
        ],
        "case_number": case,
        "may_listen": request.actor.has("customers.reveal"),
        "opened": opened,
        **caller(row, request.actor),
    }
    return render(request, "web/calls/call.html", context)


@page(right="customers.reveal", methods="POST", back=call, one_fact=False)
def recording(request: WebRequest, call_id: UUID) -> HttpResponse:
    """The recording's address, once the reason is written down. It is on this answer and nowhere else."""
    address = attaching.open_recording(
        call_id, reason=request.POST.get("reason", ""), by=request.actor, at=request.now
    )
    return call.bare(request, call_id=call_id, opened=address)  # type: ignore[return-value]  # our own view


@page(right="cases.receive", methods="POST")
def away(request: WebRequest, call_id: UUID) -> HttpResponse:
    """The card goes, and whoever is at a page stays there; the call stays in the list."""
    attaching.put_away(call_id, by=request.actor, at=request.now)
    if request.headers.get("HX-Request"):
        return HttpResponse("")
    return HttpResponseRedirect(reverse("web:calls"))


@page(right="cases.receive", methods="POST", back=calls)
def returned(request: WebRequest, task_id: int) -> HttpResponse:
    """Somebody rang back, or tried to."""
    returning.write_down(
        task_id,
        said=request.POST.get("said", ""),
        note=request.POST.get("note", ""),
        by=request.actor,
        at=request.now,
    )
    messages.success(request, t("已记录。", "Written down."))
    return HttpResponseRedirect(reverse("web:calls"))


@page(right="cases.receive")
def mine(request: WebRequest) -> HttpResponse:
    """Who is on the line for the person at the screen: a card, or nothing. 304 while nothing changed."""
    row = on_the_line(request.user.pk, at=request.now)
    tag = f'W/"{row.pk}-{row.state}-{spoken()}"' if row else 'W/"nobody"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified(headers={"ETag": tag})
    if row is None:
        response = HttpResponse("")
    else:
        response = render(
            request, "web/calls/card.html", {"one": shown([row])[0], **caller(row, request.actor)}
        )
    response["ETag"] = tag
    response["Cache-Control"] = "private, no-cache"
    response["Vary"] = "Cookie"
    return response


def _known(call_id: UUID) -> Call:
    found = known_call(call_id)
    if found is None:
        raise NotFound
    return found
