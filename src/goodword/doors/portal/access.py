"""Every page here is open to anybody, and says so; a page of a case needs its number and code besides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import update_wrapper, wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.views.decorators.csrf import csrf_exempt

from goodword.company.channels.app.settings import box

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Access:
    """The declaration the authorization test reads: public, no right, and the methods that are answered."""

    methods: tuple[str, ...]
    right: str = ""
    public: bool = True


class PublicPage:
    """A view anybody may open. GET only unless it declares more; no answer is ever kept by a browser or a proxy."""

    def __init__(self, view: View, methods: tuple[str, ...]) -> None:
        update_wrapper(self, view)
        self.bare = view
        self.access = Access(methods)

    def __call__(self, request: HttpRequest, **arguments: Any) -> HttpResponseBase:
        if request.method not in self.access.methods:
            return HttpResponseNotAllowed(self.access.methods)
        answer = self.bare(request, **arguments)
        if isinstance(answer, HttpResponse):
            answer["Cache-Control"] = "no-store"
        return answer


def embeddable(view: View) -> View:
    """A page other sites may hold in a frame: those of the in-app box's settings, and no other.

    No cookie comes along there, and none is wanted: whoever acts shows a token in the form itself, so there is nothing
    a foreign site could make a browser do in somebody's name, and no CSRF cookie is asked for.
    """

    @wraps(view)
    def framed(request: HttpRequest, **arguments: Any) -> HttpResponseBase:
        answer = view(request, **arguments)
        allowed = box().origins
        if allowed:
            answer._csp_replace = {"frame-ancestors": ["'self'", *allowed]}  # type: ignore[attr-defined]  # django-csp's
            answer.xframe_options_exempt = True  # type: ignore[attr-defined]  # Django's own name: the policy rules
        return answer

    # nosemgrep: csrf-switched-off - no cookie is read here; who acts is in the form itself, as just said
    return csrf_exempt(framed)


def public(methods: str = "GET HEAD") -> Callable[[View], View]:
    """Declare a view public; `methods` are separated by spaces."""

    def declare(view: View) -> View:
        declared: View = login_not_required(PublicPage(view, tuple(methods.split())))
        return declared

    return declare
