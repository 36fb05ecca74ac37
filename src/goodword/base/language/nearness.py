"""How near two texts are, to propose duplicates; never to merge alone."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from operator import add
from zlib import crc32

from goodword.base.language.text import normalise

Pairs = Counter[str]
REMEMBERED_TO = 200
"""Characters of a text whose pairs are kept in memory a while: a storm of messages is compared with itself."""


def letters(text: str) -> int:
    """Return how many letters or digits the text has."""
    return sum(map(str.isalnum, text))


def bigrams(text: str) -> Pairs:
    """Return how often each pair of neighbouring letters or digits stands in the normalised text; to be read only."""
    return _remembered(text) if len(text) <= REMEMBERED_TO else _pairs(text)


def nearness(a: str, b: str) -> float:
    """Return 0 (nothing in common) to 1 (the same words): shared bigrams over all (Dice, counted)."""
    return shared(bigrams(a), bigrams(b))


def shared(left: Pairs, right: Pairs) -> float:
    """The nearness of two texts of which the bigrams are known already."""
    total = left.total() + right.total()
    if not total:
        return 0.0
    # Counter's own & makes a third counter: ten times as slow, and each intake compares dozens of texts.
    both = left.keys() & right.keys()
    return 2 * sum(map(min, map(left.__getitem__, both), map(right.__getitem__, both))) / total


def _pairs(text: str) -> Pairs:
    plain = "".join(filter(str.isalnum, normalise(text)))
    return Counter(map(add, plain, plain[1:])) if len(plain) > 1 else Counter(plain)


@lru_cache(maxsize=1024)
def _remembered(text: str) -> Pairs:
    """The same again for short texts: the newest are compared with each that comes."""
    return _pairs(text)


SKETCHED_FROM = 20
Sketch = tuple[int, int, int]

_TURNS = ((0x9E3779B1, 0x85EBCA77), (0xC2B2AE3D, 0x27D4EB2F), (0x165667B1, 0xD3A2646C))
_MASK = 0xFFFFFFFF


def sketch(text: str) -> Sketch | None:
    """Return three numbers of which near-identical texts share at least one, or None for fewer than twenty letters.

    Each is the least of the text's bigrams in another order, so that two texts share it as often as they share
    bigrams: of texts with 0.8 nearness 96 in 100 share one, of unrelated ones next to none. Traditional and
    Simplified, width and case make no difference.
    """
    pairs = bigrams(text)
    if pairs.total() + 1 < SKETCHED_FROM:
        return None
    keys = [crc32(pair.encode()) for pair in pairs]
    a, b, c = (min((key * turn ^ shift) * 0x2545F491 >> 7 & _MASK for key in keys) for turn, shift in _TURNS)
    return a, b, c
