"""What leaves for a group or a colleague: a number, what happened, the clause and a link; never anybody's name or words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings

from goodword.base.core.masks import mask_text

MOST_BYTES = 2000
"""WeCom takes 2,048 bytes of text; the others take more."""


def line(notice: Mapping[str, Any], *, english: bool) -> str:
    """One notice: title, clause, link."""
    title = mask_text(str(notice["title_en" if english else "title_zh"]))
    mark = ("[urgent] " if english else "【紧急】") if notice["urgent"] else ""
    clause = f" ({notice['clause_id']})" if notice["clause_id"] else ""
    path = str(notice["path"])
    link = f"\n{settings.GOODWORD_URL.rstrip('/')}{path}" if path.startswith("/") else ""
    return f"{mark}{title}{clause}{link}"


def fitting(lines: Sequence[str]) -> int:
    """How many of the lines, at least one, go into one message."""
    length = 0
    for number, text in enumerate(lines):
        length += len(text.encode()) + 1
        if length > MOST_BYTES:
            return max(number, 1)
    return len(lines)


def joined(lines: Sequence[str]) -> str:
    """The lines as one text, cut at whole letters where a single one is too long."""
    return "\n".join(lines).encode()[:MOST_BYTES].decode(errors="ignore")
