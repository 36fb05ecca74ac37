"""Find the lexicon's phrases in a text in one pass."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_GAP = 8  # characters a "…" inside a phrase may stand for
_STOPS = "。!?;\n"
_SHORT = 2  # characters by which phrases are indexed


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase of `concept` at `start`..`end` of the normalised text; `negated` by a word before it."""

    concept: str
    phrase: str
    start: int
    end: int
    negated: bool


class Matcher:
    """Phrases indexed by their first two characters: one look-up per character of the text.

    The longest phrase at a place wins and is passed over, so that "不卡" never also counts as "卡".
    A phrase with "…" (one gap of up to eight characters within a sentence) takes nothing away from others.
    """

    def __init__(self, concepts: Mapping[str, Iterable[str]], *, negations: Iterable[str]) -> None:
        owners: dict[str, list[str]] = defaultdict(list)
        for concept, phrases in concepts.items():
            for phrase in phrases:
                owners[phrase].append(concept)
        self._index: dict[str, list[tuple[str, str, tuple[str, ...]]]] = defaultdict(list)
        for phrase, names in owners.items():
            head, _, tail = phrase.partition("…")
            self._index[head[:_SHORT]].append((head, tail, tuple(names)))
        for entries in self._index.values():
            entries.sort(key=lambda entry: -len(entry[0]))
        self._negations = tuple(negations)

    def find(self, text: str) -> list[Found]:
        """Return the phrases found in the normalised `text`, in order."""
        found: list[Found] = []
        index = self._index
        free_at = 0
        for at in range(len(text)):
            if at < free_at:
                continue
            entries = index.get(text[at : at + 2], ())
            singles = index.get(text[at], ())
            for head, tail, names in (*entries, *singles):
                if at < free_at and not tail:
                    break
                if not text.startswith(head, at):
                    continue
                end = at + len(head)
                if tail:
                    end = self._tail_end(text, end, tail)
                    if end < 0:
                        continue
                elif not _whole(text, at, end):
                    continue
                else:
                    free_at = end
                negated = self._is_negated(text, at)
                phrase = text[at:end]
                found.extend(Found(name, phrase, at, end, negated) for name in names)
        return found

    def _is_negated(self, text: str, at: int) -> bool:
        before = text[max(0, at - 4) : at]
        return before.endswith(self._negations)

    @staticmethod
    def _tail_end(text: str, start: int, tail: str) -> int:
        place = text.find(tail, start, start + _GAP + len(tail))
        if place < 0 or any(stop in text[start:place] for stop in _STOPS):
            return -1
        return place + len(tail)


def _whole(text: str, start: int, end: int) -> bool:
    """Latin words count only whole: "app" is not in "happen"."""
    first, last = text[start], text[end - 1]
    if (
        first.isascii()
        and first.isalpha()
        and start
        and text[start - 1].isascii()
        and text[start - 1].isalpha()
    ):
        return False
    after = text[end] if end < len(text) else " "
    return not (last.isascii() and last.isalpha() and after.isascii() and after.isalpha())
