"""Is this installation well? For monitoring, without a log-in."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse

from goodword.wiring.health import health

from ..access import WebRequest, page


@page(public=True)
def healthz(request: WebRequest) -> HttpResponse:
    """{"ok", "database", "worker_silent_for", "troubles"}; 503 when deadlines cannot be kept."""
    found = health(request.now)
    return JsonResponse(found, status=200 if found["ok"] else 503)
