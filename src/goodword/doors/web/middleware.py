"""Sessions that end, answers nobody keeps, and domain errors as pages people can act on."""

from __future__ import annotations

from collections.abc import Callable

from axes.helpers import get_client_ip_address
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render

from goodword.base.core import clock
from goodword.base.core.errors import DomainError, Forbidden, Invalid, NotFound
from goodword.base.core.idempotency import KeyReused

from . import typed
from .access import Page
from .devices import LONGEST
from .mishaps import helping
from .refusing import answered, form_id
from .views.login import asked_again

Next = Callable[[HttpRequest], HttpResponseBase]
NOTED_EVERY = 60
"""Seconds between two writings of "still here" into a session."""


class NotKept:
    """Pages, forms, redirects and errors stay in no browser's and no proxy's memory, unless a view says otherwise."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        answer = self.get_response(request)
        answer.headers.setdefault("Cache-Control", "no-store")
        return answer


class SoundLength:
    """400 for a body whose length is no number. Our own front counts it (doors/ops/front.py); another may not."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        said = request.META.get("CONTENT_LENGTH") or "0"
        if not (said.isascii() and said.isdecimal()):
            request.POST = QueryDict()  # the page that says so reads no such body
            raise BadRequest("the length of the body is no number")
        return self.get_response(request)


class SessionLimits:
    """A session ends after GOODWORD_SESSION_IDLE_FOR seconds without a page, and SESSION_COOKIE_AGE after log-in."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.user.is_authenticated:
            now = int(clock.now().timestamp())
            if "begun" not in request.session:
                self._begin(request, now)
            begun = request.session["begun"]
            seen = request.session.setdefault("seen", now)
            if now - seen > settings.GOODWORD_SESSION_IDLE_FOR or now - begun > settings.SESSION_COOKIE_AGE:
                ended = request.user.pk
                logout(request)
                request.session_of = ended  # type: ignore[attr-defined]  # whose form it is, if one was sent
                return self.get_response(request)
            if now - seen >= NOTED_EVERY and "HX-Trigger" not in request.headers:
                request.session["seen"] = now  # a page that asks by itself is nobody at work
        return self.get_response(request)

    def _begin(self, request: HttpRequest, now: int) -> None:
        """Note since when the session runs, and where, for its owner to know it again."""
        request.session["begun"] = now
        request.session["device"] = request.headers.get("User-Agent", "")[:LONGEST]
        request.session["address"] = get_client_ip_address(request) or ""
        request.session.save()  # the page that lists log-ins reads them where they are kept


class LoggedIn(LoginRequiredMiddleware):
    """Whoever is not logged in is led to the log-in page, and a form just sent goes with them (`typed.py`)."""

    def handle_no_permission(  # type: ignore[override]  # any answer will do, not only a redirect
        self, request: HttpRequest, view_func: Callable[..., object]
    ) -> HttpResponseBase:
        """For htmx 401: its script leads on, sending a form once more as the browser would.

        The browser keeps its cookie then: an answer that comes late must not take away that of a log-in made meanwhile.
        """
        if request.headers.get("HX-Request"):
            request.COOKIES.pop(settings.SESSION_COOKIE_NAME, None)
            return HttpResponse(status=401)
        carried = typed.sealed(request, at=clock.now())
        if carried:
            return asked_again(request, carried)
        back = request.get_full_path() if request.method == "GET" else typed.came_from(request)
        return redirect_to_login(back)


class Refusals:
    """A domain error raised in a view: a fragment for htmx, the page with what was typed for a plain form."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponseBase | None:
        """The answer to a domain error; None lets Django answer any other."""
        match = request.resolver_match
        if not isinstance(error, DomainError) or match is None or not isinstance(match.func, Page):
            return None
        status = status_of(error)
        in_place = request.headers.get("HX-Request") and not (
            status == 422 and request.headers.get("HX-Boosted")
        )
        if in_place:
            return render(
                request,
                "web/partials/refusal.html",
                {"refusal": answered(error, form=form_id(request))},
                status=status,
            )
        if request.method == "POST" and (drawn := match.func.drawn_again(request, error)) is not None:
            drawn.status_code = status
            return drawn
        return error_page(request, error, status=status)


def status_of(error: DomainError) -> int:
    """409 refused or stale, 403 forbidden, 404 not found, 422 invalid."""
    if isinstance(error, Forbidden):
        return 403
    if isinstance(error, NotFound):
        return 404
    return 422 if isinstance(error, (Invalid, KeyReused)) else 409


def error_page(request: HttpRequest, error: DomainError, *, status: int) -> HttpResponse:
    """The page of its own for a refusal that has no form to go back to."""
    return render(
        request, f"web/errors/{status}.html", {"refusal": answered(error), **helping(request)}, status=status
    )
