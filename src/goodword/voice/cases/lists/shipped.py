"""The views and columns the software comes with, from shipped.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from goodword.base.people.actors import Actor

from ..models.lists import EVERYBODY, SavedView


@cache
def _described() -> Mapping[str, Any]:
    described: Mapping[str, Any] = yaml.safe_load(Path(__file__).with_name("shipped.yaml").read_text("utf-8"))
    return described


def seed_views(*, at: datetime) -> int:
    """Make the shipped views that were never there; changed and retired ones are left alone. Returns how many."""
    described = _described()["views"]
    there = set(SavedView.objects.filter(code__in=described).values_list("code", flat=True))
    made = [
        SavedView(
            code=code,
            name=view["zh"],
            name_en=view["en"],
            filters=view["filters"],
            columns=view.get("columns", []),
            sort=view.get("sort", ""),
            shared=EVERYBODY,
            place=place,
            changed_at=at,
        )
        for place, (code, view) in enumerate(described.items(), start=1)
        if code not in there
    ]
    return len(SavedView.objects.bulk_create(made, ignore_conflicts=True))


def names_of(code: str) -> tuple[str, str] | None:
    """The Chinese and English names a shipped view comes with; None for a code there is no more."""
    view = _described()["views"].get(code)
    return (view["zh"], view["en"]) if view else None


def columns_for(actor: Actor) -> list[str]:
    """The codes of the columns somebody sees who has chosen none: by the roles held."""
    columns = _described()["columns"]
    by_role = (chosen for role, chosen in columns["roles"].items() if actor.plays(role))
    return list(next(by_role, columns["default"]))
