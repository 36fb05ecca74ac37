"""My desk: what I owe by time left, and what waits for me. Asks again every 15 seconds and costs nothing unchanged."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseNotModified
from django.shortcuts import render

from goodword.base.core.asking import asked_often
from goodword.base.language.script import spoken
from goodword.engine.journal.models import Entry
from goodword.wiring.health import COUNTDOWNS_MAY_LIE, troubles

from ..access import WebRequest, page
from ..desk.board import WHOSE, groups, owed, shown_count
from ..desk.drawing import Drawer
from ..desk.looking import Look, look_of
from ..desk.others import with_others
from ..desk.waiting import waiting_for
from ..templatetags.goodword_ui import t

REDRAWN_EVERY = 60
"""Seconds after which the board is drawn anew though nothing happened: duties move from one group to the next."""


@page()
def desk(request: WebRequest) -> HttpResponse:
    """The page; to the poll only its board, 304 when nothing changed."""
    whose = request.GET.get("whose", "mine")
    whose = whose if whose in WHOSE else "mine"
    look = look_of(request, request.user.pk, at=request.now)
    tag = _tag(request, whose, look)
    response: HttpResponse
    if request.headers.get("If-None-Match") == tag:
        response = HttpResponseNotModified(headers={"ETag": tag})
    else:
        template = "web/desk/board.html" if request.headers.get("HX-Request") else "web/desk/desk.html"
        response = render(request, template, _context(request, whose, look))
        response["ETag"] = tag
        response["Cache-Control"] = "private, no-cache"
        response["Vary"] = "HX-Request, Cookie"
    look.note(response, at=request.now)
    return response


def _context(request: WebRequest, whose: str, look: Look) -> dict[str, Any]:
    found = owed(request.actor, whose, at=request.now)
    drawn = Drawer(now=request.now)
    made = groups(found.places, actor=request.actor, since=look.since, at=request.now)
    return {
        "groups": [
            {
                "code": group.code,
                "name": group.name,
                "tone": group.tone,
                "rows": [drawn.line(row) for row in group.rows],
            }
            for group in made
        ],
        "waiting": waiting_for(request.actor, at=request.now),
        "others": with_others(request.actor),
        "tabs": _tabs(whose, found.counts),
        "whose": whose,
        "new": sum(row.is_new for group in made for row in group.rows),
        "since": look.since,
        "countdowns_may_lie": _may_lie(request),
    }


def _tag(request: WebRequest, whose: str, look: Look) -> str:
    """Changes with every entry of the journal, and with time. One read of an index's end."""
    last = _last_entry.first() or 0
    moment = int(request.now.timestamp()) // REDRAWN_EVERY
    kind = "b" if request.headers.get("HX-Request") else "p"
    kind += "-red" if _may_lie(request) else ""
    return f'W/"{kind}-{request.user.pk}-{whose}-{spoken()}-{last}-{moment}-{int(look.since.timestamp())}"'


@asked_often
def _last_entry() -> QuerySet[Entry, int]:
    return Entry.objects.order_by("-pk").values_list("pk", flat=True)[:1]


def _may_lie(request: WebRequest) -> bool:
    """Whether something stands still that the countdowns go by."""
    return not COUNTDOWNS_MAY_LIE.isdisjoint(troubles(request.now))


def _tabs(whose: str, counts: dict[str, int]) -> list[dict[str, Any]]:
    words = {
        "mine": t("我的", "Mine"),
        "team": t("本部门", "My department"),
        "standing": t("我在代班", "Standing in"),
    }
    return [
        {
            "url": f"/?whose={name}",
            "label": label,
            "current": name == whose,
            "count": shown_count(counts[name]) if counts[name] else None,
        }
        for name, label in words.items()
    ]
