"""Small components drawn once for the same attributes: a list of fifty cases shows a dozen different badges.

A component tag costs about as much as a query, most of it for finding out what its attributes mean. `drawn` asks the
component's own template, so that it is defined in one place, and keeps what came out.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.template import Context, Engine, Template
from django.utils.safestring import SafeData, SafeString

MOST_KEPT = 4096
Attribute = tuple[str, object, bool]
"""Name, value, whether the value is markup already."""


def drawn(component: str, attributes: dict[str, object], *, language: str) -> SafeString:
    """`<c-{component} … />` with these attributes, for components that look at nothing but them and the language."""
    key = tuple((name, value, isinstance(value, SafeData)) for name, value in attributes.items())
    draw = _drawn.__wrapped__ if settings.DEBUG else _drawn  # a template under work is read anew
    return draw(component, key, language)


@lru_cache(maxsize=MOST_KEPT)
def _drawn(component: str, attributes: tuple[Attribute, ...], language: str) -> SafeString:
    values: dict[str, Any] = {name: value for name, value, _ in attributes}
    return _template(component, tuple(values)).render(Context(values))


@lru_cache(maxsize=256)
def _template(component: str, names: tuple[str, ...]) -> Template:
    asked = " ".join(f':{name}="{name}"' for name in names)
    return Engine.get_default().from_string(f"{{% cotton {component} {asked} / %}}")
