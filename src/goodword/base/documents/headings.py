"""Find the row of headings: below a title, above the data."""

from __future__ import annotations

import re
from collections.abc import Sequence

from goodword.base.documents.moments import looks_like_moment

LOOKED_AT = 30  # rows from the top
HEADING_CHARS = 40
NEARLY = 0.85  # so close to the best and above it is the heading: data may fill what a heading left blank
FIGURE = re.compile(r"[\d\s.,:%￥¥$()+\-/*]+")


def find(rows: Sequence[Sequence[object]]) -> int | None:
    """Index of the first row with (nearly) the most distinct short texts; None when no row has any."""
    counts = [_distinct_texts(row) for row in rows[:LOOKED_AT]]
    best = max(counts, default=0)
    if best == 0:
        return None
    return next(index for index, count in enumerate(counts) if count >= best * NEARLY)


def _distinct_texts(row: Sequence[object]) -> int:
    return len({cell.lower() for cell in row if isinstance(cell, str) and _may_head(cell)})


def _may_head(cell: str) -> bool:
    return len(cell) <= HEADING_CHARS and not FIGURE.fullmatch(cell) and not looks_like_moment(cell)
