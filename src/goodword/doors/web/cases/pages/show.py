"""The page of one case."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from goodword.voice.cases.queries import listing

from ...access import WebRequest, page
from ..comparing import joined
from ..in_place import asked_for
from ..page import context
from . import in_place, presence


@page(right="cases.see")
def case(request: WebRequest, number: int) -> HttpResponse:
    """Everything about the case, and what one can do with it; only the card, where that was refused."""
    found = listing.get(request.actor, number)
    if asked_for(request):
        return in_place.drawn(request, found)
    drawn = {**context(request, found), **presence.shown(request, found)}
    return render(
        request, "web/cases/page.html", {**drawn, **joined(found, drawn["absorbed"], request.actor)}
    )
