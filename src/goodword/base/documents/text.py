"""Cell texts as they are meant: without the padding and tricks of whatever exported them."""

from __future__ import annotations

import re

EDGES = " \t\r\n\u00a0\u3000\ufeff\u200b"
SHOWN_AS_TEXT = re.compile(r'="([^"]*)"')  # ="00123": how exporters keep leading zeros in a CSV
FORMULA_STARTS = "=+-@\t\r\n＝＋－＠"


def tidy(value: str) -> str | None:
    """The text without edges of white space; None when nothing is left."""
    return value.strip(EDGES) or None


def tidy_separated(value: str) -> str | None:
    """As `tidy`, and undoes ="00123" and the apostrophe our own CSV export puts before a formula."""
    value = value.strip(EDGES)
    shown = SHOWN_AS_TEXT.fullmatch(value)
    if shown:
        return tidy(shown[1])
    if value.startswith("'") and value[1:].lstrip(EDGES)[:1] in tuple(FORMULA_STARTS):
        return tidy(value[1:])
    return value or None
