"""How well a clause is kept, in words and a colour: the steps SU-4b names, by the share met in time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from goodword.engine.policy.queries import values_of

from ..templatetags.goodword_ui import tr
from .shares import percent

CLAUSE = "SU-4b"
TONES = 5
"""How many colours there are; a company's steps beyond them share the last."""


@dataclass(frozen=True, slots=True)
class Band:
    """One step: from which share on, what it is called, the number of its colour (0 the best)."""

    least: float
    words: str
    tone: int

    @property
    def least_words(self) -> str:
        """「95%」."""
        return percent(self.least)


def bands(*, on: date) -> list[Band]:
    """The steps of a day, the best first. One query."""
    steps = values_of(CLAUSE, on=on)["bands"]
    ordered = sorted(steps, key=lambda step: -float(step["from"]))
    return [
        Band(float(step["from"]), str(tr(step["zh"], step["en"])), min(place, TONES - 1))
        for place, step in enumerate(ordered)
    ]


def band_of(share: float | None, steps: list[Band]) -> Band | None:
    """The first step a share reaches, else the last; None where there is nothing to judge."""
    if share is None or not steps:
        return None
    return next((step for step in steps if share >= step.least), steps[-1])
