"""Words of forms in both languages, chosen when the page is drawn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.functional import lazy

from .templatetags.goodword_ui import is_english


def _chosen(zh: str, en: str) -> str:
    return en if is_english() else zh


Both: Any = lazy(_chosen, str)
"""`Both("保存", "Save")`: a label or help text that becomes a string in the language of the page."""


def choices(entries: Iterable[Mapping[str, Any]], *, empty: bool = False) -> list[tuple[str, str]]:
    """The pairs of a select from a catalogue's entries (code, zh, en); `empty` adds the choice of none."""
    name = "en" if is_english() else "zh"
    first = [("", "—")] if empty else []
    return first + [(str(entry["code"]), str(entry[name])) for entry in entries]
