"""What somebody typed to find something."""

from __future__ import annotations

from goodword.base.language.text import tidy

LONGEST = 200
"""Characters that are looked at; nobody types more to find something."""


def cleaned(typed: str) -> str:
    """What was typed without control characters and marks nobody sees, at most 200 characters, on one line."""
    return " ".join(tidy(typed[: LONGEST * 2]).split())[:LONGEST]
