"""The reader's proposal as it may be shown: no word of it shows what the text itself hides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from goodword.base.core.masks import mask_text
from goodword.base.language.places import places

from .. import labels
from ..models import Case


@dataclass(frozen=True, slots=True)
class Home:
    """Which department is proposed, by its code, and why.

    by: `route` (the policy's routes name this matter), `came_to` (they do not, and the customer wrote to that
    department's own address), `rest` (neither).
    """

    code: str
    by: str


def home_of(case: Case, *, content: str, subclass: str, on: date) -> Home:
    """The department proposed for a case with these labels ("" where the reader could not tell).

    What the regulation says of a matter goes first (FB-3.2a); only what it leaves to its last resort goes by the address.
    """
    code, is_named = labels.routed(content=content, subclass=subclass, on=on)
    if is_named:
        return Home(code, "route")
    if case.came_to is not None:
        return Home((case.came_to.merged_into or case.came_to).code, "came_to")
    return Home(code, "rest")


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
