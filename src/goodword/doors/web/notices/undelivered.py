"""What could not be sent and what could not be read: nothing is given up but by a person."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from goodword.base.core.errors import NotFound
from goodword.company.channels import queries
from goodword.company.channels.actions import giving_up, reading_again, sending_again
from goodword.company.channels.models import TROUBLES, InboundMessage, OutboxMessage

from ..access import WebRequest, page
from ..templatetags.goodword_ui import t
from .showing import STATES, came_in, shown, way_words

PER_PAGE = 50


@page(right="compliance.see")
def undelivered(request: WebRequest, **_of_the_form_refused: int) -> HttpResponse:
    """Messages that were not sent; `?state=` and `?way=` narrow, `?before=` begins the next page."""
    state, way = request.GET.get("state", ""), request.GET.get("way", "")[:20]
    way = way if way.isprintable() else ""
    states = [state] if state in TROUBLES else ["dead", "unknown"]
    found = queries.in_trouble(states=states, way=way, before_id=_before(request), limit=PER_PAGE + 1)
    rows, by_way = found[:PER_PAGE], queries.troubles_by_way()
    in_all = {code: sum(n for (_, one), n in by_way.items() if one == code) for code in TROUBLES}
    asked = {"state": state if state in TROUBLES else "", "way": way}
    context: dict[str, Any] = {
        "rows": shown(rows),
        "tabs": [
            {
                "url": f"?state={code}",
                "label": t(*STATES[code]),
                "count": in_all[code],
                "current": state == code,
            }
            for code in TROUBLES
        ],
        "ways": [(code, way_words(code)) for code in sorted({code for code, _ in by_way})],
        "asked": asked,
        "older": _older(rows, found, **asked),
        "may_decide": request.actor.has("settings.edit"),
    }
    return render(request, "web/notices/undelivered.html", context)


@page(right="settings.edit", methods="POST", back=undelivered)
def send_again(request: WebRequest, message_id: int) -> HttpResponse:
    """Queue it again."""
    sending_again.send_again(_known(OutboxMessage, message_id), by=request.actor, at=request.now)
    messages.success(request, t("已重新排队发送。", "Queued again."))
    return HttpResponseRedirect(reverse("web:undelivered"))


@page(right="settings.edit", methods="POST", back=undelivered)
def give_up(request: WebRequest, message_id: int) -> HttpResponse:
    """It need not be sent any more."""
    giving_up.give_up(_known(OutboxMessage, message_id), by=request.actor, at=request.now)
    messages.success(request, t("已记下：不再发送。", "Noted: it will not be sent."))
    return HttpResponseRedirect(reverse("web:undelivered"))


@page(right="compliance.see")
def not_read(request: WebRequest, **_of_the_form_refused: int) -> HttpResponse:
    """What came in and could not be read: it is kept as it came."""
    found = queries.not_understood(before_id=_before(request), limit=PER_PAGE + 1)
    rows = found[:PER_PAGE]
    context = {
        "rows": [came_in(row) for row in rows],
        "older": _older(rows, found),
        "may_decide": request.actor.has("settings.edit"),
    }
    return render(request, "web/notices/not_read.html", context)


@page(right="settings.edit", methods="POST", back=not_read)
def read_again(request: WebRequest, message_id: int) -> HttpResponse:
    """Have another try at reading it."""
    reading_again.read_again(_known(InboundMessage, message_id), by=request.actor, at=request.now)
    messages.success(request, t("已读懂并处理。", "Read, and dealt with."))
    return HttpResponseRedirect(reverse("web:not-read"))


@page(right="settings.edit", methods="POST", back=not_read)
def give_up_reading(request: WebRequest, message_id: int) -> HttpResponse:
    """Nobody will read it; it stays kept."""
    reading_again.give_up_reading(_known(InboundMessage, message_id), by=request.actor, at=request.now)
    messages.success(
        request, t("已记下：不再解析，原文仍保存。", "Noted: it will not be read; it stays kept.")
    )
    return HttpResponseRedirect(reverse("web:not-read"))


def _known(model: type[Any], message_id: int) -> Any:
    found = model.objects.filter(pk=message_id).first()
    if found is None:
        raise NotFound
    return found


def _before(request: WebRequest) -> int | None:
    typed = request.GET.get("before", "")
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 19 else None


def _older(rows: list[Any], found: list[Any], **asked: str) -> str:
    """The address of the next page; empty where there is none."""
    if len(found) <= len(rows):
        return ""
    kept = "".join(f"&{name}={value}" for name, value in asked.items() if value)
    return f"?before={rows[-1].pk}{kept}"
