"""What the command palette offers besides what the open page can do: the pages this person may go to."""

from __future__ import annotations

from django.http import JsonResponse

from ..access import WebRequest, page
from ..help.pages import places


@page()
def palette(request: WebRequest) -> JsonResponse:
    """`[{zh, en, url}]`, in the order of the help's index."""
    return JsonResponse(places(request.actor), safe=False)
