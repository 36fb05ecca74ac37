"""Pauses: spans in which a clock stands still (waiting for the customer)."""

from __future__ import annotations

from collections.abc import Iterable

from goodword.base.worktime.errors import WorktimeError

Span = tuple[int, int]
"""From (inclusive) and to (exclusive), in UTC seconds."""


def merged(pauses: Iterable[Span]) -> list[Span]:
    """The pauses in order, overlapping and touching ones joined, empty ones left out.

    A pause that ends before it starts is refused (WorktimeError).
    """
    joined: list[Span] = []
    for start, end in sorted(pauses):
        if end < start:
            raise WorktimeError("暂停的结束早于开始。", "A pause ends before it starts.")
        if start == end:
            continue
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def within(pauses: Iterable[Span], start: int, end: int) -> list[Span]:
    """The parts of the merged pauses that lie in [start, end]."""
    return [(max(p, start), min(q, end)) for p, q in pauses if q > start and p < end]
