"""The scripts for a reply to one case: `/cases/<number>/scripts/`."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from goodword.voice.cases.queries import listing

from ...access import WebRequest, page
from ..scripts import offered


@page(right="cases.reply")
def scripts(request: WebRequest, number: int) -> HttpResponse:
    """All in use with this case's values; for the reply box the list alone, else a page whose links fill the box."""
    case = listing.get(request.actor, number)
    in_place = request.headers.get("HX-Request") and not request.headers.get("HX-Boosted")
    template = "web/cases/parts/scripts.html" if in_place else "web/cases/scripts.html"
    return render(request, template, {"case": case, "situations": offered(case, request.actor)})
