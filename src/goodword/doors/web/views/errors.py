"""Pages for what went wrong: what happened, and what to do."""

from __future__ import annotations

import sys

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template

from goodword.base.core.outages import outage_of

from ..access import prepare


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's token was missing or old: ask to send it again; nothing was changed."""
    return _drawn(request, "csrf", 403)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The request made no sense."""
    return _drawn(request, "400", 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The person does not hold the right."""
    return _drawn(request, "403", 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Nothing is there, or not for this person."""
    return _drawn(request, "404", 404)


def broken(request: HttpRequest) -> HttpResponse:
    """Something of ours failed, or database or disk cannot be used: 503 or 507, and when to try again.

    Drawn without request or database, which may be what failed. Called while the exception is being handled.
    """
    if outage := outage_of(sys.exc_info()[1]):
        page = get_template("web/errors/503.html").render({"outage": outage})
        return HttpResponse(page, status=outage.status, headers={"Retry-After": str(outage.again_in)})
    return HttpResponse(get_template("web/errors/500.html").render(), status=500)


def _drawn(request: HttpRequest, name: str, status: int) -> HttpResponse:
    if hasattr(request, "user"):
        prepare(request)
    return render(request, f"web/errors/{name}.html", status=status)
