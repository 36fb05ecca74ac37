"""The bar above the list by which rows are chosen and an act is begun."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import QueryDict
from django.urls import reverse

from goodword.base.people.actors import Actor
from goodword.voice.cases import states
from goodword.voice.cases.models import Case
from goodword.voice.cases.queries.leafing import Leaf

from ..ability import Ability
from ..naming import Names
from ..views import acceptance
from .acts import offered
from .showing import proposed_words

PLACES = ("after", "before", "page")
"""What an address says of the place in the list and not of what is looked for."""


def bar(actor: Actor, asked: QueryDict, leaf: Leaf) -> dict[str, Any] | None:
    """acts, the filter to come back to, the numbers on this page; None for who may do nothing to many at once.

    beyond: whether the list goes on beside this page, so that all of it may be chosen too.
    """
    acts: list[tuple[Ability, str]] = offered(actor)
    if not acts or not leaf.cases:
        return None
    kept = asked.copy()
    for name in PLACES:
        kept.pop(name, None)
    return {
        "acts": [{"name": ability.name, "label": ability.label, "icon": ability.icon, "key": key} for ability, key in acts],
        "filter": kept.urlencode(),
        "page": ",".join(str(case.number) for case in leaf.cases),
        "shown": len(leaf.cases),
        "beyond": leaf.earlier or leaf.later,
        "most": settings.GOODWORD_BULK_MOST,
    }  # fmt: skip


def acceptable(actor: Actor, case: Case, names: Names) -> dict[str, Any] | None:
    """For a row that waits for triage: what the reader proposes and where accepting it is sent; None for others."""
    if case.state != states.RECEIVED or not actor.has(acceptance.ABILITY.right):
        return None
    words = proposed_words(case, names)
    if not words:
        return None
    return {"words": words, "url": reverse("web:case-acceptance-row", args=[case.number])}
