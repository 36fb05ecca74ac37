"""How near two texts are, to propose duplicates; never to merge alone."""

from __future__ import annotations

from collections import Counter

from goodword.base.language.text import normalise


def bigrams(text: str) -> Counter[str]:
    """Return how often each pair of neighbouring letters or digits stands in the normalised text."""
    letters = "".join(ch for ch in normalise(text) if ch.isalnum())
    if len(letters) == 1:
        return Counter([letters])
    return Counter(letters[i : i + 2] for i in range(len(letters) - 1))


def nearness(a: str, b: str) -> float:
    """Return 0 (nothing in common) to 1 (the same words): shared bigrams over all (Dice, counted)."""
    left, right = bigrams(a), bigrams(b)
    total = left.total() + right.total()
    return 2 * (left & right).total() / total if total else 0.0
