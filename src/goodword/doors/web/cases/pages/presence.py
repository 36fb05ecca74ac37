"""Colleagues before the same case: `/cases/<number>/presence/`, asked by the open page every few seconds."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.template.loader import render_to_string

from goodword.voice.cases import presence
from goodword.voice.cases.models import Case
from goodword.voice.cases.queries import listing

from ...access import WebRequest, page


@page(right="cases.see", methods="POST", one_fact=False)
def here(request: WebRequest, number: int) -> HttpResponse:
    """I am here (`writing`: and write an answer); who else is, and who answered since the page was drawn (`since`).

    answering: the page has the form of an answer, beside which both are said again.
    """
    case = listing.get(request.actor, number)
    is_writing = bool(request.POST.get("writing")) and request.actor.has("cases.reply")
    since = request.POST.get("since", "")
    seen = int(since) if since.isascii() and since.isdigit() and len(since) < 19 else 0
    context = {
        "case": case,
        "others": presence.here(case, by=request.actor, at=request.now, is_writing=is_writing),
        "answers": presence.answers_since(case, seen, by=request.actor),
        "answering": "answering" in request.POST,
    }
    # Without the request: the frame of a whole page (rail, notices, red light) is not asked for.
    return HttpResponse(render_to_string("web/cases/parts/presence_answer.html", context))


def shown(request: WebRequest, case: Case) -> dict[str, Any]:
    """What the page itself says when it is drawn: who is there by now, and from which answer on it knows nothing."""
    rows = presence.present(case, at=request.now)
    return {"others": presence.others(rows, by=request.actor), "since": presence.newest_answer(case)}
