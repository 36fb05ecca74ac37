"""Two cases side by side: `/cases/<number>/comparison/?other=<number>`."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from goodword.voice.cases.queries import listing

from ...access import WebRequest, page
from ..comparing import context
from ..naming import Names


@page(right="cases.merge")
def compare(request: WebRequest, number: int) -> HttpResponse:
    """What both are and what becomes of their duties either way; for htmx, in place, the comparison alone."""
    case = listing.get(request.actor, number)
    in_place = request.headers.get("HX-Request") and not request.headers.get("HX-Boosted")
    template = "web/cases/parts/comparison.html" if in_place else "web/cases/comparison.html"
    return render(request, template, context(request, case, Names(timezone.localtime(request.now).date())))
