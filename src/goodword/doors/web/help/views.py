"""`/help/`: all helps and a search in them; `/help/<page>/`: one of them, for the panel beside a page its text alone."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from goodword.base.core.errors import NotFound

from ..access import WebRequest, page
from ..asked import cleaned
from .drawing import drawn
from .pages import help_of, helps_about, shelves


@page()
def index(request: WebRequest) -> HttpResponse:
    """All helps of pages the person may open; with `?q=` those about it."""
    text = cleaned(request.GET.get("q", ""))
    shown = {"text": text, "found": helps_about(text, request.actor), "shelves": shelves(request.actor)}
    return render(request, "web/help/index.html", shown)


@page()
def show(request: WebRequest, name: str) -> HttpResponse:
    """One help. For htmx without the frame."""
    found = help_of(name)
    if found is None:
        raise NotFound
    template = "web/help/text.html" if "HX-Request" in request.headers else "web/help/page.html"
    answer = render(request, template, {"help": found, "text": drawn(found.source)})
    answer["Vary"] = "HX-Request, Cookie"
    return answer
