"""Who calls: recognised by the bearer token, allowed or not by the operation's right, before anything is read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict
from uuid import UUID

from django.http import HttpRequest
from ninja.security import HttpBearer

from goodword.base.core import clock
from goodword.base.people.actors import Actor
from goodword.base.people.models import Account
from goodword.base.people.queries import actor_for

from . import throttle
from .tokens import recognised


class Acting(TypedDict):
    """What every action is told: who acts, and when."""

    by: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class Caller:
    """The account behind the token, as an actor within the token's scopes, at the moment of the request.

    home: scheme and host by which this installation was called, as "https://service.example".
    """

    account: Account
    actor: Actor
    token_id: UUID
    at: datetime
    home: str

    @property
    def acting(self) -> Acting:
        """`by` and `at` for an action: `triage(case, **caller.acting, …)`."""
        return {"by": self.actor, "at": self.at}


class Request(HttpRequest):
    """A request that has passed the door."""

    auth: Caller


class Bearer(HttpBearer):
    """`Authorization: Bearer gw_…`; one of `rights` must be held, in whatever department."""

    def __init__(self, rights: tuple[str, ...]) -> None:
        super().__init__()
        self.rights = rights

    def authenticate(self, request: HttpRequest, token: str) -> Caller | None:
        """The caller; None for a token that opens nothing. Raises Forbidden, throttle.TooMany."""
        at = clock.now()
        found = recognised(token.strip(), at=at)
        if found is None:
            return None
        throttle.count(str(found.pk), at=at)
        actor = actor_for(found.account, at=at, limit=frozenset(found.scopes))
        if not any(actor.has(right) for right in self.rights):
            actor.require(self.rights[0])
        return Caller(found.account, actor, found.pk, at, request.build_absolute_uri("/").rstrip("/"))
