"""A case's small form where a line about the case stands, and what is said once it is done."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from goodword.voice.cases.models import Case
from goodword.voice.cases.queries import listing

from ...access import WebRequest, page
from ..card import context

DONE = "deed-done"
"""The event by which the page that holds the card learns that its line has to be asked for again."""


@page(right="cases.see")
def card(request: WebRequest, number: int) -> HttpResponse:
    """The card; without script the case's page with the same form open."""
    found = listing.get(request.actor, number)
    if not request.headers.get("HX-Request"):
        shown = context(request, found)
        do = f"?do={shown['chosen'].name}#deed" if shown["chosen"] and shown["chosen"].group else ""
        return HttpResponseRedirect(reverse("web:case", args=[found.number]) + do)
    return drawn(request, found)


@page(right="cases.see")
def done(request: WebRequest, number: int) -> HttpResponse:
    """What came of it, in a word; the page goes on from there."""
    found = listing.get(request.actor, number)
    response = render(request, "web/cases/in_place_done.html", {"case": found})
    response["HX-Trigger-After-Swap"] = DONE
    return response


def drawn(request: WebRequest, case: Case) -> HttpResponse:
    """The card, also after a refusal: with what was typed."""
    return render(request, "web/cases/in_place.html", context(request, case))
