"""What a text or a call says: few letters, in the places of the provider's own template; never anybody's name or words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from goodword.base.core.masks import mask_text

MOST_LETTERS = 35
"""The most a place of a template takes with either cloud."""
VALUES = ("title", "clause", "path")


def filled(variables: str, notice: Mapping[str, Any], *, english: bool) -> dict[str, str]:
    """{place: words} in the order of `variables`; a place nothing is known for says a dash, as none may be empty."""
    known = {
        "title": mask_text(str(notice["title_en" if english else "title_zh"])),
        "clause": str(notice["clause_id"]),
        "path": str(notice["path"]).strip("/"),
    }
    names = [name.strip() for name in variables.split(",") if name.strip()]
    return {name: known.get(name, "")[:MOST_LETTERS] or "-" for name in names}


def unknown_in(variables: str) -> list[str]:
    """Names in it that stand for nothing."""
    return [name.strip() for name in variables.split(",") if name.strip() and name.strip() not in VALUES]
