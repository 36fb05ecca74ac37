"""Words for customers, both languages side by side."""

from __future__ import annotations

from typing import Any

from django.utils.functional import lazy
from django.utils.translation import get_language


def english() -> bool:
    """Whether the page being drawn is in English; every other language reads the Chinese."""
    return (get_language() or "").lower().startswith("en")


def said(zh: str, en: str) -> str:
    """The sentence in the page's language, now."""
    return en if english() else zh


both: Any = lazy(said, str)
"""The same, decided when the page is drawn: for labels that are written down once, when the form is declared."""
