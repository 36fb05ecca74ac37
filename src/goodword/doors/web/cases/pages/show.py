"""The page of one case."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from goodword.voice.cases.queries import listing

from ...access import WebRequest, page
from ..page import context


@page(right="cases.see")
def case(request: WebRequest, number: int) -> HttpResponse:
    """Everything about the case, and what one can do with it."""
    found = listing.get(request.actor, number)
    return render(request, "web/cases/page.html", context(request, found))
