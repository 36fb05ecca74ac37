"""When two cases look like the same matter: the company's figures (FB-3.2a), and what a text is found again by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from goodword.base.core.clock import local_day
from goodword.engine.policy.queries import values_of

NO_SKETCH = (None, None, None)
"""Of a text too short to be told by itself."""


@dataclass(frozen=True, slots=True)
class Rule:
    """The figures of a day; nearness runs from 0 to 1. See FB-3.2a in the pack."""

    compared_for: timedelta
    most_compared: int
    most_proposed: int
    near_from: float
    same_order_from: float
    alike_from: float
    letters_from: int


def rule_of(*, at: datetime) -> Rule:
    """The company's figures at a moment."""
    figures = values_of("FB-3.2a", on=local_day(at))["duplicates"]
    return Rule(
        compared_for=timedelta(days=figures["days"]),
        most_compared=figures["most_compared"],
        most_proposed=figures["most_proposed"],
        near_from=figures["near_from"],
        same_order_from=figures["same_order_from"],
        alike_from=figures["alike_from"],
        letters_from=figures["letters_from"],
    )
