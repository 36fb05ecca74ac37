"""Invented words of customers for the loader: the demo company's sentences, made various with the lexicon's words."""

from __future__ import annotations

from importlib.resources import files
from itertools import accumulate
from random import Random

RARE = "斗拱"
"""A word of two characters that stands in a handful of texts only; no sentence of the product holds it."""
ABSENT = "麒麟"
"""A word of two characters that no text holds."""
COMMON = "直播"
"""A word of two characters that stands in a large part of the texts."""
REPEATED = 0.1


class Wording:
    """Draws texts: a tenth of them repeated word for word, the others each with words of their own."""

    def __init__(self, luck: Random) -> None:
        from goodword.doors.ops.demo.texts import matters

        self._luck = luck
        self._sentences = [text for matter in matters() for text in matter.texts]
        words = _lexicon_words()
        luck.shuffle(words)
        self._words = words
        self._weights = list(accumulate(1 / (place + 3) for place in range(len(words))))
        self._repeated = [self._fresh() for _ in range(200)]

    def text(self, place: int) -> str:
        """The text of the case at `place`; about one in 60,000 holds the rare word."""
        luck = self._luck
        if luck.random() < REPEATED:
            return luck.choice(self._repeated)
        text = self._fresh()
        return f"{text}架子上的{RARE}样背景也歪了。" if place % 60_000 == 11 else text

    def words(self, count: int) -> list[str]:
        """Some words of those that texts are made of, the frequent ones left out."""
        return self._words[-count:]

    def _fresh(self) -> str:
        luck = self._luck
        words = luck.choices(self._words, cum_weights=self._weights, k=5)
        core = luck.choice(self._sentences).format(
            device=words[0], place=words[1], day=luck.choice("昨今前") + "天", n=luck.randint(2, 99)
        )
        return f"{core}另外{words[2]}、{words[3]}也想问一下，{words[4]}{luck.randint(1, 999)}。"


def _lexicon_words() -> list[str]:
    """The Chinese words of the reader's lexicon, two to six characters long, each once."""
    import yaml

    source = files("goodword.base.language").joinpath("lexicon/concepts.yaml")
    concepts = yaml.safe_load(source.read_text("utf-8"))["concepts"].values()
    words = {word.replace("_", "") for one in concepts for word in str(one["words"]).split()}
    return sorted(word for word in words if 2 <= len(word) <= 6 and not word.isascii())
