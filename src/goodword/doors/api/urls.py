"""The API's addresses, below api/v1/. An operation nobody declared stops the start."""

from __future__ import annotations

from django.core.exceptions import ImproperlyConfigured
from django.urls import URLPattern, path
from ninja.operation import PathView

from .hooks.app import app_messages, app_talk
from .hooks.hotline import call_events
from .hooks.wechat import official_account_posts
from .hooks.wecom import customer_service_posts
from .openapi import ABOUT, Api
from .operations import ANYBODY, OPERATIONS
from .routes import DOORS
from .views import at_the_door, nowhere

api = Api(
    title="Goodword",
    version="1",
    description=ABOUT,
    docs_url=None,
    openapi_url="/openapi.json",
    urls_namespace="api",
)
for _door in DOORS:
    api.add_router("", _door.router)


def declared_rights(view: PathView) -> dict[str, tuple[str, ...]]:
    """The rights of each method of a path. Raises ImproperlyConfigured where one was not declared."""
    rights = {}
    for operation in view.operations:
        declared = OPERATIONS.get(operation.operation_id or "")
        if declared is None:
            raise ImproperlyConfigured(f"{operation.methods} {operation.path} declares no right")
        rights.update(dict.fromkeys(operation.methods, declared.rights))
    return rights


def _patterns() -> list[URLPattern]:
    found: dict[str, URLPattern] = {}
    for bound in api._get_bound_routers():
        patterns = bound.urls_paths(bound.prefix)
        for view in bound.path_operations.values():
            # Ninja gives one pattern per method of a path; the first answers to all of them.
            same = [next(patterns) for _ in view.operations]
            route = str(same[0].pattern)
            if route in found:
                raise ImproperlyConfigured(f"{route} stands under two headings: only one would answer")
            same[0].callback = at_the_door(same[0].callback, declared_rights(view))
            found[route] = same[0]
    return list(found.values())


def _description() -> URLPattern:
    (pattern, *_), _, _ = api.urls
    assert isinstance(pattern, URLPattern)
    pattern.callback = at_the_door(pattern.callback, {"GET": (ANYBODY,)})
    return pattern


HOOKS = [
    path("hooks/hotline", call_events, name="hook-hotline"),
    path("hooks/wechat", official_account_posts, name="hook-wechat"),
    path("hooks/app", app_messages, name="hook-app"),
    path("hooks/app/talks/<str:user>", app_talk, name="hook-app-talk"),
    path("hooks/wecom", customer_service_posts, name="hook-wecom"),
]
"""Addresses with a signature of their own instead of a token; described in docs, not in the OpenAPI text."""

urlpatterns = [_description(), *_patterns(), *HOOKS, path("", nowhere), path("<path:rest>", nowhere)]
