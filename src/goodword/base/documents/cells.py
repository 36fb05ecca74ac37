"""What the cells of a column look like: how far a sample of them fits what a field holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from goodword.base.documents.moments import looks_like_moment

PHONE = re.compile(r"(?:\+?(?:00)?86)?1[3-9][\d*]{9}|0\d{2,3}\d{7,8}|400\d{7}")
SENTENCE_CHARS = 8
WORD_CHARS = 40
CODE = re.compile(r"[\w\-/.#]{1,40}")


def share(cells: Sequence[object], holds: str) -> float | None:
    """How many of the cells that hold anything fit `holds`, from 0 to 1; None when all are empty."""
    filled = [cell for cell in cells if cell not in (None, "")]
    if not filled:
        return None
    fits = FITS[holds]
    return sum(1 for cell in filled if fits(cell)) / len(filled)


def looks_like_phone(cell: object) -> bool:
    """Whether a cell is a telephone number of mainland China; masked digits (138****0000) count."""
    return PHONE.fullmatch(re.sub(r"[\s\-()（）]", "", str(cell))) is not None


def _is_sentence(cell: object) -> bool:
    return isinstance(cell, str) and len(cell) >= SENTENCE_CHARS and not looks_like_moment(cell)


def _is_word(cell: object) -> bool:
    return len(str(cell)) <= WORD_CHARS and not looks_like_moment(cell)


def _is_code(cell: object) -> bool:
    return CODE.fullmatch(str(cell)) is not None and not looks_like_moment(cell)


FITS: dict[str, Callable[[object], bool]] = {
    "moment": looks_like_moment,
    "phone": looks_like_phone,
    "text": _is_sentence,
    "word": _is_word,
    "code": _is_code,
}
