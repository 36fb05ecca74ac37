"""Forms of a case that were opened on another page, beside a line about it: they come back there, not to the case's page."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse

from goodword.voice.cases.models import Case

MARK = "in_place"
"""What such a page adds to everything its opened card sends (`hx-vals`)."""


def asked_for(request: HttpRequest) -> bool:
    """Whether a form was sent, by script, from where it had been opened in place."""
    return bool(request.headers.get("HX-Request")) and bool(request.POST.get(MARK))


def done_path(case: Case) -> str:
    """What such a form leads to once it is done."""
    return reverse("web:case-in-place-done", args=[case.number])
