"""Shares as people read them: with their interval, and a dash where there is nothing to count."""

from __future__ import annotations


def percent(share: float) -> str:
    """12 %, 3.5 %: one digit after the point below ten."""
    said = f"{100 * share:.1f}" if share < 0.1 else f"{100 * share:.0f}"
    return f"{said.removesuffix('.0')}%"


def interval_words(low: float | None, high: float | None) -> str:
    """「1%–11%」; a dash for none."""
    return "—" if low is None or high is None else f"{percent(low)}–{percent(high)}"


def share_words(share: float | None, low: float | None, high: float | None) -> str:
    """「4% (1%–11%)」; a dash for none."""
    return "—" if share is None else f"{percent(share)} ({interval_words(low, high)})"
