"""My desk: what I owe by time left, and what waits for me. Asks again every 15 seconds and costs nothing unchanged."""

from __future__ import annotations

from typing import Any

from django.db.models import Max
from django.http import HttpResponse, HttpResponseNotModified
from django.shortcuts import render

from goodword.base.language.script import spoken
from goodword.engine.journal.models import Entry
from goodword.wiring.health import COUNTDOWNS_MAY_LIE, troubles

from ..access import WebRequest, page
from ..desk.board import WHOSE, groups
from ..desk.waiting import waiting_for
from ..templatetags.goodword_ui import t

REDRAWN_EVERY = 60
"""Seconds after which the board is drawn anew though nothing happened: duties move from one group to the next."""


@page()
def desk(request: WebRequest) -> HttpResponse:
    """The page; to the poll only its board, 304 when nothing changed."""
    whose = request.GET.get("whose", "mine")
    whose = whose if whose in WHOSE else "mine"
    tag = _tag(request, whose)
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified(headers={"ETag": tag})
    context: dict[str, Any] = {
        "groups": groups(request.actor, whose, at=request.now),
        "waiting": waiting_for(request.actor, at=request.now),
        "tabs": _tabs(whose),
        "whose": whose,
        "countdowns_may_lie": _may_lie(request),
    }
    template = "web/desk/board.html" if request.headers.get("HX-Request") else "web/desk/desk.html"
    response = render(request, template, context)
    response["ETag"] = tag
    response["Cache-Control"] = "private, no-cache"
    response["Vary"] = "HX-Request, Cookie"
    return response


def _tag(request: WebRequest, whose: str) -> str:
    """Changes with every entry of the journal, and with time. Two reads of an index's end."""
    last = Entry.objects.aggregate(last=Max("pk"))["last"] or 0
    moment = int(request.now.timestamp()) // REDRAWN_EVERY
    kind = "b" if request.headers.get("HX-Request") else "p"
    kind += "-red" if _may_lie(request) else ""
    return f'W/"{kind}-{request.user.pk}-{whose}-{spoken()}-{last}-{moment}"'


def _may_lie(request: WebRequest) -> bool:
    """Whether something stands still that the countdowns go by."""
    return not COUNTDOWNS_MAY_LIE.isdisjoint(troubles(request.now))


def _tabs(whose: str) -> list[dict[str, Any]]:
    words = {
        "mine": t("我的", "Mine"),
        "team": t("本部门", "My department"),
        "standing": t("我在代班", "Standing in"),
    }
    return [
        {"url": f"/?whose={name}", "label": label, "current": name == whose, "count": None}
        for name, label in words.items()
    ]
