"""Whether single keys answer on this device (WCAG 2.1.4): speech input and other tools send letters of their own."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect

from ..access import WebRequest, page
from .language import KEPT_FOR

COOKIE = "keys"
HERE = "/profile/#keys"


@page(methods="POST")
def switch_keys(request: WebRequest) -> HttpResponse:
    """On, or off; remembered in a cookie like the theme, for keyboard and helpers belong to the device."""
    answer = HttpResponseRedirect(HERE)
    wanted = "off" if request.POST.get("keys") == "off" else "on"
    answer.set_cookie(
        COOKIE, wanted, max_age=KEPT_FOR, samesite="Lax", httponly=True, secure=settings.SESSION_COOKIE_SECURE
    )
    return answer
