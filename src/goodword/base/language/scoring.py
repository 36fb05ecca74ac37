"""Additive log-odds over features, softmax to probabilities, and the words that decided."""

from __future__ import annotations

import math
from collections.abc import Mapping

from goodword.base.language.lexicon import Dimension
from goodword.base.language.readings import Judgement

_WORDS_SHOWN = 5

Features = Mapping[str, tuple[str, ...]]
"""Feature → the phrases of the text behind it; one made from an earlier judgement has none."""


def softmax(scores: Mapping[str, float]) -> dict[str, float]:
    """Return probabilities that add up to one."""
    top = max(scores.values())
    powers = {label: math.exp(score - top) for label, score in scores.items()}
    total = sum(powers.values())
    return {label: power / total for label, power in powers.items()}


def _times(phrases: tuple[str, ...]) -> float:
    """A concept said in two different ways counts for more, but not twice; a long letter adds no further."""
    return 1.0 if len(phrases) < 2 else 1.3


def judge(features: Features, dimension: Dimension) -> Judgement:
    """Return the label of `dimension` these features speak for, or None when none is likely enough."""
    scores = {label: dimension.prior.get(label, 0.0) for label in dimension.labels}
    reasons: list[tuple[float, str, tuple[str, ...]]] = []
    for name, phrases in features.items():
        for label, weight in dimension.weights.get(name, {}).items():
            scores[label] += weight * _times(phrases)
            reasons.append((weight, label, phrases))
    if not reasons:
        return Judgement(None, 0.0)
    chances = softmax(scores)
    chosen = max(chances, key=chances.__getitem__)
    if chances[chosen] < dimension.at_least:
        return Judgement(None, chances[chosen], chances=chances)
    return Judgement(chosen, chances[chosen], _deciding(reasons, chosen), chances)


def _deciding(reasons: list[tuple[float, str, tuple[str, ...]]], label: str) -> tuple[str, ...]:
    words: dict[str, None] = {}
    for weight, spoken_for, phrases in sorted(reasons, key=lambda reason: -reason[0]):
        if spoken_for == label and weight > 0:
            words.update(dict.fromkeys(phrases))
    return tuple(words)[:_WORDS_SHOWN]
