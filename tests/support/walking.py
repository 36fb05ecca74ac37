"""Every page there is, each opened by somebody who may: computed from the URL configuration, so a new page is walked by itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import models
from django.http import HttpResponse
from django.test import Client
from tests.trust.kit.addresses import ANYBODY, ANYBODY_LOGGED_IN, Address, pages
from tests.trust.kit.house import House

from goodword.base.people.models import Account
from goodword.base.people.roles import ROLES

SEES_MOST = ("service_lead", "administrator", "deputy_general_manager")
"""Who is tried first; whoever else may open a page follows."""
MOST_TRIED = 4
"""A fragment or a file is no page for the fifth either."""


@dataclass(frozen=True, slots=True)
class Stop:
    """A page of the walk. account: who opens it; None for a visitor."""

    name: str
    path: str
    account: Account | None


def stops(house: House) -> Iterator[Stop]:
    """The pages that are drawn whole, with the house's objects filled in, each once."""
    clients = {None: Client(HTTP_HOST="localhost")}
    for address in pages("GET"):
        path = address.filled(house.values(address.route, "own"))
        for account in _who(house, address):
            if account not in clients:
                clients[account] = Client(HTTP_HOST="localhost")
                clients[account].force_login(account)
            answer = clients[account].get(path)
            if is_page(answer):
                yield Stop(address.name, path, account)
                break


def is_page(answer: HttpResponse) -> bool:
    """Whether it is a whole page for people: no redirect, file or fragment."""
    return (
        answer.status_code == 200
        and not answer.streaming
        and str(answer.headers.get("Content-Type", "")).startswith("text/html")
        and b"<html" in answer.content
    )


def _who(house: House, address: Address) -> list[Account | None]:
    declared = address.rights["GET"]
    if declared == ANYBODY:
        return [None]
    order = (*SEES_MOST, *(role for role in ROLES if role not in SEES_MOST))
    if declared != ANYBODY_LOGGED_IN:
        order = tuple(role for role in order if declared & (ROLES[role].rights | ROLES[role].home_rights))
    return [house.people[role].account for role in order[:MOST_TRIED]]


def typed_words() -> list[str]:
    """Every text stored, the longest first: what somebody typed, which no language changes. Sealed ones come open."""
    found: set[str] = set()
    for model in apps.get_models():
        if not model.__module__.startswith("goodword."):
            continue
        fields = [f.attname for f in model._meta.concrete_fields if _is_text(f)]
        for row in model._default_manager.all().iterator() if fields else ():
            found |= set(_texts([getattr(row, name) for name in fields]))
    return sorted((text for text in found if len(text) > 1), key=len, reverse=True)


def _is_text(field: models.Field) -> bool:
    kind = field.get_internal_type()
    return kind in ("CharField", "TextField", "JSONField", "BinaryField") and field.attname not in SAID_BY_US


SAID_BY_US = frozenset({"title_zh", "title_en", "state", "outcome", "kind"})
"""Fields whose words the product writes itself."""


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
