"""A share with how sure one can be of it."""

from __future__ import annotations

from math import sqrt

SURE = 1.959963984540054
"""Standard deviations of a 95 % interval."""


def wilson(good: int, n: int) -> tuple[float | None, float | None]:
    """The 95 % Wilson score interval of good among n; (None, None) for n = 0."""
    if not n:
        return None, None
    p, square = good / n, SURE**2
    middle = (p + square / (2 * n)) / (1 + square / n)
    half = SURE * sqrt(p * (1 - p) / n + square / (4 * n * n)) / (1 + square / n)
    return max(0.0, middle - half), min(1.0, middle + half)
