"""Where a request comes from, for limits."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """The client's address: the connection's, or the one the outermost trusted proxy saw.

    What stands further left in X-Forwarded-For was written by the client itself and proves nothing.
    """
    direct = str(request.META.get("REMOTE_ADDR", ""))
    proxies: int = settings.GOODWORD_TRUSTED_PROXIES
    seen = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    return seen[-proxies] if proxies and len(seen) >= proxies else direct
