"""What a page about a mishap helps with: what was typed is still there to be copied, and the way back."""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import BadRequest, DisallowedHost, SuspiciousOperation
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParserError
from django.http.request import RawPostDataException
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

NEVER_SHOWN = re.compile(r"pass|code|token|secret|^once$|csrf", re.IGNORECASE)
"""Names of fields whose words nobody reads over a shoulder, or which nobody typed."""
MOST_FIELDS = 40
LONGEST = 10_000
UNREADABLE = (BadRequest, SuspiciousOperation, MultiPartParserError, RawPostDataException, OSError)


def helping(request: HttpRequest) -> dict[str, Any]:
    """typed_words: (field, words) of a form that did not go through; way_back: the page it was sent from, if one of ours;
    home, is_staff_page: where to begin again, a colleague or a customer.

    What was typed is shown and never offered to be sent again: a form from elsewhere must not need one click more.
    """
    for_customers = request.path.startswith(reverse("portal:feedback"))
    return {
        "typed_words": typed_in(request),
        "way_back": way_back(request),
        "home": reverse("portal:feedback" if for_customers else "web:desk"),
        "is_staff_page": not for_customers,
    }


def typed_in(request: HttpRequest) -> list[tuple[str, str]]:
    """The fields of what was posted that have something in them; nothing where the body cannot be read any more."""
    try:
        fields = [(name, words) for name in request.POST for words in request.POST.getlist(name)]
    except UNREADABLE:
        return []
    kept = [
        (name, words[:LONGEST]) for name, words in fields if words.strip() and not NEVER_SHOWN.search(name)
    ]
    return kept[:MOST_FIELDS]


def way_back(request: HttpRequest) -> str:
    """The address one came from, where it is of this site and another than this one; empty otherwise."""
    came_from = request.headers.get("Referer", "")
    try:
        ours = url_has_allowed_host_and_scheme(
            came_from, {request.get_host()}, require_https=request.is_secure()
        )
    except DisallowedHost:
        return ""
    return came_from if ours and came_from != request.build_absolute_uri() else ""
