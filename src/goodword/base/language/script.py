"""The page's language: English, or Chinese in Simplified or Traditional characters.

People write the product's words twice, in Chinese (Simplified) and English. The Traditional ones are derived from
those here, character by character with the phrases that need it (docs/decisions: 0016), never written by hand and
never applied to what somebody typed.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from django.utils.translation import get_language

if TYPE_CHECKING:
    from opencc import OpenCC

SCRIPT = "s2tw"
MOST_KEPT = 16_384
"""Sentences kept: the whole catalogue is some eight thousand."""


@cache
def _converter() -> OpenCC:
    from opencc import OpenCC  # noqa: PLC0415 - its tables cost start-up time others need not pay

    return OpenCC(SCRIPT)


@lru_cache(maxsize=MOST_KEPT)
def traditional(text: str) -> str:
    """`text` in Traditional characters; what has no Chinese in it comes back as it was."""
    converted: str = _converter().convert(text)
    return converted


def spoken() -> str:
    """The language being spoken: ``en``, ``zh-hant``, or ``zh-hans`` for every other."""
    named = (get_language() or "").lower()
    if named.startswith("en"):
        return "en"
    return "zh-hant" if named.startswith("zh-hant") else "zh-hans"


def is_english() -> bool:
    """Whether English is spoken; everybody else reads Chinese."""
    return (get_language() or "").lower().startswith("en")


def written(zh: str) -> str:
    """The product's own Chinese words in the characters of the page."""
    return traditional(zh) if spoken() == "zh-hant" else zh


def chosen(zh: str, en: str) -> str:
    """One of the product's sentences in the language of the page."""
    language = spoken()
    if language == "en":
        return en
    return traditional(zh) if language == "zh-hant" else zh
