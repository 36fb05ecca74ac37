"""Shares as people read them: with their interval, and a dash where there is nothing to count."""

from __future__ import annotations


def percent(share: float) -> str:
    """12 %, 3.5 %: one digit after the point below ten."""
    said = f"{100 * share:.1f}" if share < 0.1 else f"{100 * share:.0f}"
    return f"{said.removesuffix('.0')}%"


def kept_words(share: float | None) -> str:
    """「91.3%」 of a share that is good when it is high: short of all it never reads 100 %; a dash for none."""
    if share is None:
        return "—"
    return "100%" if share >= 1 else f"{min(100 * share, 99.9):.1f}%"


def interval_words(low: float | None, high: float | None) -> str:
    """「1%–11%」; a dash for none."""
    return "—" if low is None or high is None else f"{percent(low)}–{percent(high)}"


def share_words(share: float | None, low: float | None, high: float | None) -> str:
    """「4% (1%–11%)」; a dash for none."""
    return "—" if share is None else f"{percent(share)} ({interval_words(low, high)})"


def points_words(change: float) -> str:
    """「+1.5」「−4」: a change of a share in percentage points; 「±0」 where none shows."""
    said = f"{abs(change) * 100:.1f}".removesuffix(".0")
    if said == "0":
        return "±0"
    return f"{'+' if change > 0 else '−'}{said}"
