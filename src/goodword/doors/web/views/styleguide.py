"""Every component in every state, for those who make pages."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from ..access import WebRequest, page


@page()
def styleguide(request: WebRequest) -> HttpResponse:
    """The page of components."""
    return render(request, "web/styleguide.html")
