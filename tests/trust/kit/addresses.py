"""Every address of the product with what it declares, read from the URL configuration itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

ANYBODY = frozenset({"anybody"})
ANYBODY_LOGGED_IN = frozenset({"logged in"})
_ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass(frozen=True)
class Address:
    """One address. rights: {method: what opens it}: rights of which one is enough, or one of the two sets above."""

    route: str
    name: str
    door: str
    rights: dict[str, frozenset[str]]

    @property
    def arguments(self) -> tuple[str, ...]:
        """The names of what has to be filled in."""
        return tuple(_ARGUMENT.findall(self.route))

    def filled(self, values: dict[str, Any]) -> str:
        """The path with these values."""
        return "/" + _ARGUMENT.sub(lambda found: str(values[found[1]]), self.route)


def addresses() -> list[Address]:
    """All of them. Raises AssertionError for one that declares nothing."""
    return list(_walk(get_resolver(), "", ""))


def pages(method: str) -> list[Address]:
    """The pages for people (workbench and portal) that answer this method."""
    return [address for address in addresses() if address.door != "api" and method in address.rights]


def _walk(resolver: URLResolver, before: str, space: str) -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern, route, pattern.namespace or space)
        else:
            door = "api" if route.startswith("api/") else "portal" if route.startswith("p/") else "web"
            yield Address(route, f"{space}:{pattern.name}", door, _declared(pattern, route))


def _declared(pattern: URLPattern, route: str) -> dict[str, frozenset[str]]:
    view: Any = pattern.callback
    if hasattr(view, "required_rights"):
        return {method: frozenset(rights) for method, rights in view.required_rights.items()}
    assert hasattr(view, "access"), f"{route} declares no access"
    access = view.access
    assert access.public is not getattr(view, "login_required", True), (
        f"{route}: declaration and middleware differ"
    )
    who = ANYBODY if access.public else frozenset({access.right}) if access.right else ANYBODY_LOGGED_IN
    return {method: who for method in access.methods if method != "HEAD"}
