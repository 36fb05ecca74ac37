"""Lead what decided back to words: features are runs of characters and concepts, people read words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from goodword.base.language.features import place
from goodword.base.language.seeing import Seen

Behind: TypeAlias = "int | tuple[str, ...]"
"""What a feature is made of: a run's place as features.py numbers it, or phrases that stand in the plain text."""

SHOWN = 5
_LONGEST = 10
_STOPS = " \n。!?;,:、,~….-—\"'()[]{}“”‘’《》【】\x02\x03"
_STOP = frozenset(_STOPS)


def deciding(reasons: Iterable[tuple[int, Behind]], seen: Seen) -> tuple[str, ...]:
    """Return the words behind `reasons` (pull, feature), strongest first, at most five, as the text writes them.

    Runs that overlap or touch are one word, with their pulls together.
    """
    spans = _merged(sorted(_spans(reasons, seen.plain)))
    spans.sort(key=lambda span: -span[2])
    words: dict[str, None] = {}
    written = as_written(seen)
    for start, end, _ in spans:
        word = written[start:end].strip(_STOPS)
        if len(word) > 1 or (word and not words and not word.isascii()):
            words.setdefault(word)
    return tuple(words)[:SHOWN]


def _spans(reasons: Iterable[tuple[int, Behind]], plain: str) -> Iterable[tuple[int, int, int]]:
    for pull, behind in reasons:
        if isinstance(behind, int):
            start, end = place(behind)
            word = plain[start if start > 0 else 0 : end]
            if not _STOP.isdisjoint(word):
                bare = word.strip(_STOPS)
                if not bare or not _STOP.isdisjoint(bare):
                    continue
                start = (start if start > 0 else 0) + word.index(bare)
                word = bare
            elif start < 0:
                start = 0
            if word:
                yield start, start + len(word), pull
            continue
        for phrase in behind:
            at = plain.find(phrase)
            if at >= 0:
                yield at, at + len(phrase), pull


def _merged(spans: Iterable[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    merged: list[tuple[int, int, int]] = []
    for start, end, pull in spans:
        if merged and start < merged[-1][1] and max(end, merged[-1][1]) - merged[-1][0] <= _LONGEST:
            before = merged.pop()
            merged.append((before[0], max(end, before[1]), before[2] + pull))
        else:
            merged.append((start, end, pull))
    return merged


def as_written(seen: Seen) -> str:
    """Return the text as people wrote it where it is letter for letter the plain one, else the plain one."""
    return seen.tidied if len(seen.tidied) == len(seen.plain) else seen.plain
