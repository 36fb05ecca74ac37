"""The reader's proposal as it may be shown: no word of it shows what the text itself hides."""

from __future__ import annotations

from typing import Any

from goodword.base.core.masks import mask_text
from goodword.base.language.places import places

from ..models import Case


def shown(case: Case) -> dict[str, Any]:
    """The case's proposal without those deciding words that stand only in what is masked (FB-1.3a)."""
    clear = f"{case.subject}\n{case.text}"
    masked = mask_text(clear)
    return {name: _shown(found, clear, masked) for name, found in case.proposal.items()}


def _shown(found: Any, clear: str, masked: str) -> Any:
    if not isinstance(found, dict) or not found.get("words"):
        return found
    words = [word for word in found["words"] if places(masked, [word]) or not places(clear, [word])]
    return {**found, "words": words}
