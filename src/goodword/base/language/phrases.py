"""Find phrases a reply should avoid, with the wording a guide offers instead (FB-4.2e)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found at `start`..`end` (offsets in the text as written) and what to say instead."""

    phrase: str
    start: int
    end: int
    suggestion: str | None = None


def negative_phrases(
    text: str, phrases: Iterable[str], *, suggestions: Mapping[str, str] | None = None
) -> tuple[Hit, ...]:
    """Return every place where `text` uses one of `phrases`, in order, longest first, none overlapping.

    Blanks inside a phrase do not hide it. `suggestions` maps a phrase to a wording from the guide.
    """
    wanted = sorted({phrase for phrase in phrases if phrase.strip()}, key=len, reverse=True)
    if not wanted:
        return ()
    offered = suggestions or {}
    spaced = (r"\s*".join(re.escape(ch) for ch in phrase if not ch.isspace()) for phrase in wanted)
    pattern = re.compile("|".join(f"({each})" for each in spaced), re.IGNORECASE)
    return tuple(
        Hit(wanted[hit.lastindex - 1], hit.start(), hit.end(), offered.get(wanted[hit.lastindex - 1]))
        for hit in pattern.finditer(text)
        if hit.lastindex
    )
