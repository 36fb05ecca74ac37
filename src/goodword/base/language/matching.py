"""Find the lexicon's phrases in a text in one pass."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_GAP = 8  # characters a "…" inside a phrase may stand for
_STOPS = "。!?;,:\n"
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

    Of one concept the longest phrase at a place wins and is passed over. A phrase of an `exclusive` concept
    is passed over by all: "没有投诉" is no "投诉". A phrase with "…" (one gap of up to eight characters
    within a sentence) takes nothing away from others.
    """

    def __init__(
        self,
        concepts: Mapping[str, Iterable[str]],
        *,
        negations: Iterable[str],
        exclusive: Iterable[str] = (),
    ) -> None:
        owners: dict[str, list[str]] = defaultdict(list)
        for concept, phrases in concepts.items():
            for phrase in dict.fromkeys(phrases):
                owners[phrase].append(concept)
        self._index: dict[str, list[tuple[str, str, tuple[str, ...]]]] = defaultdict(list)
        for phrase, names in owners.items():
            head, _, tail = phrase.partition("…")
            self._index[head[:_SHORT]].append((head, tail, tuple(names)))
        for entries in self._index.values():
            entries.sort(key=lambda entry: -len(entry[0]))
        self._negations = tuple(negations)
        self._exclusive = frozenset(exclusive)

    def find(self, text: str) -> list[Found]:
        """Return the phrases found in the normalised `text`, in order."""
        found: list[Found] = []
        free_at: dict[str, int] = {}  # per concept, where its last phrase ended
        all_free_at = 0
        get = self._index.get
        for at in range(len(text)):
            if at < all_free_at:
                continue
            for head, tail, names in (*get(text[at : at + 2], ()), *get(text[at], ())):
                if not text.startswith(head, at):
                    continue
                end = at + len(head)
                end = self._tail_end(text, end, tail) if tail else end if _whole(text, at, end) else -1
                if end < 0:
                    continue
                negated = self._is_negated(text, at)
                for name in names:
                    if tail or at >= free_at.get(name, 0):
                        found.append(Found(name, text[at:end], at, end, negated))
                        free_at[name] = free_at.get(name, 0) if tail else end
                if not self._exclusive.isdisjoint(names):
                    all_free_at = end
                    break
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
