"""Every page here is open to anybody, and says so; a page of a case needs its number and code besides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import update_wrapper
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed

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


def public(methods: str = "GET HEAD") -> Callable[[View], View]:
    """Declare a view public; `methods` are separated by spaces."""

    def declare(view: View) -> View:
        declared: View = login_not_required(PublicPage(view, tuple(methods.split())))
        return declared

    return declare
