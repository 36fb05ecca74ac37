"""Words of forms in both languages, chosen when the page is drawn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.functional import lazy

from goodword.base.language.script import chosen

Both: Any = lazy(chosen, str)
"""`Both("保存", "Save")`: a label or help text that becomes a string in the language of the page."""


def choices(entries: Iterable[Mapping[str, Any]], *, empty: bool = False) -> list[tuple[str, str]]:
    """The pairs of a select from a catalogue's entries (code, zh, en); `empty` adds the choice of none."""
    first = [("", "—")] if empty else []
    return first + [(str(entry["code"]), chosen(str(entry["zh"]), str(entry["en"]))) for entry in entries]
