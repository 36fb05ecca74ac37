"""`/search/?q=`: a page of results; for the field in the top bar, the list under it as one types."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from ..access import WebRequest, page
from ..asked import cleaned
from .finding import everything

AT_ONCE = 5
ON_A_PAGE = 20


@page()
def search(request: WebRequest) -> HttpResponse:
    """Whatever the person may see of it: who has no right to cases finds none."""
    text = cleaned(request.GET.get("q", ""))
    as_typed = "HX-Request" in request.headers
    groups = everything(text, request.actor, limit=AT_ONCE if as_typed else ON_A_PAGE)
    template = "web/search/found.html" if as_typed else "web/search/page.html"
    answer = render(request, template, {"groups": groups, "text": text})
    answer["Vary"] = "HX-Request, Cookie"
    return answer
