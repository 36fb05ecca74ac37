"""Live chats, and the card on any page while somebody waits."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpResponse, HttpResponseNotModified
from django.shortcuts import render

from goodword.base.language.script import spoken
from goodword.company.channels.app.queries import answered_since, waiting
from goodword.company.channels.app.settings import is_open

from ..access import WebRequest, page
from .showing import lines

LATELY = timedelta(minutes=30)
MOST = 50
ON_CARD = 3


@page(right="cases.receive")
def chats(request: WebRequest) -> HttpResponse:
    """Who waits, the longest first; then whom somebody answered lately. For htmx the board alone."""
    now = request.now
    waiting_lines = lines(waiting(limit=MOST), request.actor, now=now)
    going, waited_for = (
        lines(answered_since(now - LATELY, limit=MOST), request.actor, now=now),
        {line.case.pk for line in waiting_lines},
    )
    context = {
        "waiting": [(line, line.waits_for(now)) for line in waiting_lines],
        "going": [line for line in going if line.case.pk not in waited_for],
        "is_open": is_open(),
    }
    alone = request.headers.get("HX-Request") and not request.headers.get("HX-Boosted")
    return render(request, f"web/chats/{'board' if alone else 'page'}.html", context)


@page(right="cases.receive")
def waiting_now(request: WebRequest) -> HttpResponse:
    """A card with who waits for a person, or nothing. 304 while nothing changed.

    Where there is no chat, its place leaves the page, so that no page goes on asking.
    """
    if not is_open():
        return HttpResponse("", headers={"HX-Reswap": "outerHTML"})
    turns = [turn for turn in waiting(limit=ON_CARD) if turn.in_hours]
    tag = f'W/"{"-".join(str(turn.pk) for turn in turns)}-{spoken()}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified(headers={"ETag": tag})
    found = lines(turns, request.actor, now=request.now) if turns else []
    response = (
        render(
            request, "web/chats/card.html", {"waiting": [(one, one.waits_for(request.now)) for one in found]}
        )
        if found
        else HttpResponse("")
    )
    response["ETag"] = tag
    response["Cache-Control"] = "private, no-cache"
    response["Vary"] = "Cookie"
    return response
