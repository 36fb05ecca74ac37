"""Where in a text the words stand that decided, whatever its script, width or case."""

from __future__ import annotations

from collections.abc import Iterable

from goodword.base.language.text import normalise, tidy

Span = tuple[int, int]


def places(text: str, words: Iterable[str]) -> list[Span]:
    """Return the (start, end) in `text` of every place of every word, in order, none within another.

    Words are as the reader gives them, in its own spelling; one that stands nowhere, because a typo was read as it
    was meant, has no place.
    """
    plain, origin = _with_origin(text)
    found: set[Span] = set()
    for word in {normalise(word) for word in words} - {""}:
        at = plain.find(word)
        while at >= 0:
            found.add((origin[at], origin[at + len(word) - 1] + 1))
            at = plain.find(word, at + len(word))
    return _outermost(found)


def _with_origin(text: str) -> tuple[str, list[int]]:
    """The text as `normalise` spells it, and for each of its characters the one of `text` it came from."""
    plain: list[str] = []
    origin: list[int] = []
    for at, char in enumerate(text):
        spelled = tidy(char).lower()
        plain.append(spelled)
        origin += [at] * len(spelled)
    simplified = normalise("".join(plain).replace(" ", "\u2400"))
    if len(simplified) != len(origin):
        simplified = "".join(plain)
    return simplified.replace("\u2400", " "), origin


def _outermost(found: set[Span]) -> list[Span]:
    kept: list[Span] = []
    for start, end in sorted(found, key=lambda span: (span[0], -span[1])):
        if kept and start < kept[-1][1]:
            kept[-1] = (kept[-1][0], max(kept[-1][1], end))
        else:
            kept.append((start, end))
    return kept
