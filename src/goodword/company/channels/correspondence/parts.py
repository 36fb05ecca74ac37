"""A letter that goes in several parts, words and files: what was taken is written down and never sent twice."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from goodword.base.core.transactions import one_fact

from ..ways import NotYetError
from .models import Letter, LetterPart

GOES_ON_FOR = 3.0
"""Seconds after which no further part is begun in this claim: the longest part after them still ends within the lease."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part. name: as `LetterPart` has it. send: hands it over, and raises as a Way does."""

    name: str
    send: Callable[[], object]


def of_text(texts: Sequence[str], send: Callable[[str, int], object]) -> list[Part]:
    """The parts of the words; the last one's name says that all of them were taken."""

    def part(number: int, text: str) -> Part:
        name = "text" if number == len(texts) - 1 else f"text:{number}"
        return Part(name, partial(send, text, number))

    return [part(number, text) for number, text in enumerate(texts)]


def hand_over(letter: Letter, parts: Sequence[Part], *, now: datetime) -> None:
    """Hand over each part that was not taken yet, in order.

    Effects: a row for each that was taken, in a commit of its own right after it; none for a letter in one piece. Raises
    what a part raises, and NotYetError where the rest has to wait for the next claim.
    """
    done = taken(letter) if len(parts) > 1 else frozenset()
    began = time.monotonic()
    for number, part in enumerate(part for part in parts if part.name not in done):
        if number and time.monotonic() - began > GOES_ON_FOR:
            raise NotYetError(now)
        part.send()
        if len(parts) > 1:
            with one_fact():
                LetterPart.objects.get_or_create(letter=letter, name=part.name)


def taken(letter: Letter) -> frozenset[str]:
    """The names of the parts that were taken."""
    return frozenset(LetterPart.objects.filter(letter=letter).values_list("name", flat=True))
