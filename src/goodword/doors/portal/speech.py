"""Words for customers, both languages side by side."""

from __future__ import annotations

from typing import Any

from django.utils.functional import lazy

from goodword.base.language.script import chosen
from goodword.base.language.script import is_english as english


def said(zh: str, en: str, **facts: object) -> str:
    """The sentence in the page's language, now; facts, which somebody typed, are put in as they are."""
    text = chosen(zh, en)
    return text.format(**facts) if facts else text


__all__ = ["both", "english", "said"]

both: Any = lazy(said, str)
"""The same, decided when the page is drawn: for labels that are written down once, when the form is declared."""
