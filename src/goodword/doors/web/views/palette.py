"""What the command palette offers besides what the open page can do: the pages this person may go to."""

from __future__ import annotations

from django.http import JsonResponse

from ..access import WebRequest, page
from ..help.pages import places

KEPT_FOR = 300
"""Seconds a browser may keep the list: pages come and go with versions and roles."""


@page()
def palette(request: WebRequest) -> JsonResponse:
    """`[{zh, en, url}]`, in the order of the help's index."""
    answer = JsonResponse(places(request.actor), safe=False)
    answer["Cache-Control"] = f"private, max-age={KEPT_FOR}"
    answer["Vary"] = "Cookie"
    return answer
