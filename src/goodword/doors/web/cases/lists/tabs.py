"""The saved views beside the list, each with how many cases it holds for whoever looks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse

from goodword.base.language.script import chosen
from goodword.base.people.actors import Actor
from goodword.voice.cases.lists.counting import Count, counts, late_looked_at
from goodword.voice.cases.lists.saving import may_change
from goodword.voice.cases.lists.seen import seen_by
from goodword.voice.cases.lists.shipped import names_of
from goodword.voice.cases.models import SavedView

from ...templatetags.goodword_ui import is_english, t
from .filtering import FILTERS, SORTS, Asked, conditions

MOST_COUNTED = 30
"""Views beyond these are listed without their count: nobody reads more figures beside a list."""


def tabs(actor: Actor, asked: Asked, *, now: datetime) -> list[dict[str, Any]]:
    """The whole list, then the views this person sees. Two queries, however many views."""
    views = list(seen_by(actor))
    lists = [asked_in(view) for view in views]
    held = counted(actor, lists, now=now)
    first = {
        "url": reverse("web:cases"),
        "label": t("全部", "All"),
        "current": not asked.query(),
        "count": None,
    }
    return [
        first,
        *(
            {
                "url": reverse("web:cases") + one.query(),
                "label": name_of(view),
                "current": asked.view == view.pk,
                "count": count_words(count),
                "changeable": view.pk if may_change(view, actor) else 0,
            }
            for view, one, count in zip(views, lists, held, strict=True)
        ),
    ]


def asked_in(view: SavedView) -> Asked:
    """The list a view keeps; what its row holds and the list no longer knows is left out."""
    return Asked(
        filters={name: view.filters[name] for name in FILTERS if view.filters.get(name)},
        columns=tuple(view.columns),
        sort=view.sort if view.sort in SORTS else "",
        view=view.pk,
    )


def counted(
    actor: Actor, lists: Sequence[Asked], *, now: datetime, looking_up: bool = False
) -> list[Count | None]:
    """How many cases each list holds; None for those that are not counted. One query.

    looking_up: also those that take questions of their own, as where one list alone is counted.
    """
    chosen = [place for place, one in enumerate(lists) if looking_up or one.is_counted][:MOST_COUNTED]
    wanted = [conditions(lists[place].filters, actor, now=now, late=late_looked_at()) for place in chosen]
    found: list[Count | None] = [None] * len(lists)
    for place, count in zip(chosen, counts(actor, wanted), strict=True):
        found[place] = count
    return found


def count_words(count: Count | None) -> str | None:
    """「12」, 「3000+」; nothing where so far none was found and there is more to look at."""
    if count is None or (count.is_more and not count.cases):
        return None
    return f"{count.cases}+" if count.is_more else str(count.cases)


def name_of(view: SavedView) -> str:
    """Its name in the language of the page; as somebody typed it, unless it still bears the one it came with."""
    if view.code and (view.name, view.name_en) == names_of(view.code):
        return chosen(view.name, view.name_en)
    return (view.name_en or view.name) if is_english() else view.name
