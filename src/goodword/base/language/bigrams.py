"""Texts as an index of words holds them: neighbouring characters of scripts without blanks, whole words of the others.

Chinese has no blanks, so a word is found by the pairs of characters it is made of, in their order: 退款 by 退款,
退款慢 by 退款 and 款慢 behind it. Letters and digits are words of their own, found by how they begin. Both sides, text
and question, go through the same spelling (Simplified, half width, lower case).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .text import normalise

LONGEST = 10_000
"""Characters of a text that are indexed."""
_RUNS = re.compile(r"[0-9a-z]+|[^\W_0-9a-z]+")
_LONG_NUMBER = re.compile(r"\d{4}")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Signs that follow each other; of the last one, `begins` tells whether any that begins so will do."""

    signs: tuple[str, ...]
    begins: bool


def signs(text: str) -> list[str]:
    """The signs of a text in order, letters and digits only: nothing an index's query language could mistake.

    A run of Chinese 好口碑 gives 好口, 口碑 and 碑, the last one so that a single character is found wherever it
    stands. Numbers of four digits or more are left out: they are found as numbers, or are somebody's.
    """
    found: list[str] = []
    for run in _RUNS.findall(normalise(text[:LONGEST])):
        if run.isascii():
            found += [] if _LONG_NUMBER.search(run) else [run]
        else:
            found += [*(run[place : place + 2] for place in range(len(run) - 1)), run[-1]]
    return found


def phrases(question: str) -> list[Phrase]:
    """What a question asks for, one phrase per blank-separated part; all of them are wanted. Empty: nothing to look for."""
    return [phrase for part in normalise(question).split() if (phrase := _phrase(part))]


def _phrase(part: str) -> Phrase | None:
    runs = _RUNS.findall(part)
    if not runs:
        return None
    asked = signs(part)
    last = runs[-1]
    if not last.isascii() and len(last) > 1:
        return Phrase(tuple(asked[:-1]), begins=False)
    return Phrase(tuple(asked), begins=True) if asked else None
