"""Who may open a page. Every URL says so; what says nothing is refused by a test.

    @page(right="cases.see")
    def show(request: WebRequest, number: int) -> HttpResponse: …

    @page(right="customers.edit", methods="GET POST")
    def edit(request, number): …          a refused POST draws the same page again; `request.typed` is what was typed

    @page(right="cases.close", methods="POST", back=show)
    def close(request, number): …         a refused POST draws `show` again

Inside, `request.actor` is who acts and `request.now` the moment: the clock is read here and nowhere below. A GET
never writes. A POST is one transaction, done once however often its form is sent (`once.py`): let domain errors
rise, `middleware.Refusals` turns them into pages.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import update_wrapper
from typing import Any, cast

from django.http import HttpRequest, HttpResponseBase, HttpResponseNotAllowed, QueryDict

from goodword.base.core import clock
from goodword.base.core.errors import DomainError
from goodword.base.people.actors import Actor
from goodword.base.people.models import Account
from goodword.base.people.queries import actor_for
from goodword.engine.policy.queries import one_look

from . import once
from .second_factor import detour


class WebRequest(HttpRequest):
    """A request as a page's view sees it.

    actor: who acts. now: the moment. refused: why the POST was refused, while its page is drawn again. typed: what
    was typed into that form; None when the page is opened fresh.
    """

    user: Account
    actor: Actor
    now: datetime
    refused: DomainError | None
    typed: QueryDict | None


View = Callable[..., HttpResponseBase]
NOBODY = Actor(None, None, kind="visitor")


@dataclass(frozen=True, slots=True)
class Access:
    """Who may open a URL: holders of `right`; everybody logged in, without one; anybody, when `public`.

    half_way: also to who has given the password and not yet the second factor.
    """

    right: str = ""
    public: bool = False
    methods: tuple[str, ...] = ("GET", "HEAD")
    one_fact: bool = True
    half_way: bool = False
    files: bool = False


class Page:
    """A view with its declaration: `access` is what tests and middleware read, `bare` the view without checks."""

    def __init__(self, view: View, access: Access, back: Page | None) -> None:
        update_wrapper(self, view)
        self.bare = view
        self.access = access
        self.back = back
        self.login_required = not access.public  # what LoginRequiredMiddleware goes by

    def __call__(self, request: HttpRequest, **arguments: Any) -> HttpResponseBase:
        entered = prepare(request)
        if request.method not in self.access.methods:
            return HttpResponseNotAllowed(self.access.methods)
        if (
            not (self.access.public or self.access.half_way)
            and (first := detour(entered, entered.actor)) is not None
        ):
            return first
        if self.access.right:
            entered.actor.require(self.access.right)
        if request.method != "POST":
            with one_look():
                return self.bare(entered, **arguments)
        if not self.access.one_fact:
            return self.bare(entered, **arguments)
        return once.do(
            entered, lambda: self.bare(entered, **arguments), at=entered.now, files=self.access.files
        )

    def drawn_again(self, request: HttpRequest, refused: DomainError) -> HttpResponseBase | None:
        """The page with its form as it was typed, after a refused POST.

        None where there is no page to draw: the view has none, the person may not open it, or it cannot be drawn.
        """
        page = self.back or (self if "GET" in self.access.methods else None)
        entered = cast(WebRequest, request)
        if page is None or (page.access.right and not entered.actor.has(page.access.right)):
            return None
        entered.refused, entered.typed, entered.method = refused, request.POST, "GET"
        match = request.resolver_match
        try:
            return page.bare(entered, **(match.kwargs if match else {}))
        except DomainError:
            return None


def page(
    *,
    right: str = "",
    public: bool = False,
    methods: str = "GET",
    back: Page | None = None,
    one_fact: bool = True,
    half_way: bool = False,
    files: bool = False,
) -> Callable[[View], Page]:
    """Declare who may open a view and by which methods.

    back: the page a refused POST draws again. one_fact=False: the view keeps its own transactions, so that what
    it writes of a failure (a wrong password) stays written. half_way: for the pages of the second factor itself. files: its form's files
    become attachments, and lie on the disk before the transaction begins.
    """
    allowed = tuple(methods.split())
    access = Access(
        right, public, (*allowed, "HEAD") if "GET" in allowed else allowed, one_fact, half_way, files
    )
    return lambda view: Page(view, access, back)


def prepare(request: HttpRequest) -> WebRequest:
    """The request with its moment and its actor. One query for somebody logged in."""
    entered = cast(WebRequest, request)
    entered.now = clock.now()
    entered.refused = entered.typed = None
    entered.actor = actor_for(entered.user, at=entered.now) if request.user.is_authenticated else NOBODY
    return entered
