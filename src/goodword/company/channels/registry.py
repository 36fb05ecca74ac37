"""The ways out this installation has, by code; one that is added registers itself when it is loaded."""

from __future__ import annotations

from .inbox import IN_APP
from .ways import Way

WAYS: dict[str, Way] = {IN_APP.code: IN_APP}


def register(way: Way) -> Way:
    """Make a way known. Raises ValueError for a code that is taken."""
    if WAYS.setdefault(way.code, way) is not way:
        raise ValueError(f"the way {way.code} is registered twice")
    return way


def outside() -> set[str]:
    """The codes of the ways that leave the house: whoever is on the other side may let one wait."""
    return {code for code, way in WAYS.items() if not way.inside}
