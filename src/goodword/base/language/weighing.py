"""Judge a message by a model: probabilities per dimension and the words that decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import sub

from goodword.base.language.features import framed, named, place, runs, shape
from goodword.base.language.model import Head, Model, Table
from goodword.base.language.readings import Judgement
from goodword.base.language.scoring import softmax
from goodword.base.language.seeing import Seen
from goodword.base.language.words import Behind, deciding

LEAST_RUNS = 4
"""Runs of Chinese characters a model must know, unless a concept is named, to say anything of a text."""

LEANING = 4.0
"""The most the reviews' opinion counts, in log-odds."""

_ASCII = 128
_DECIDING = 0.5  # of the strongest feature's pull: what pulls less did not decide


@dataclass(frozen=True, slots=True)
class Weighed:
    """A message in the balance of one table: its known features' rows and what is behind them, lanes, length."""

    weights: bytes
    behind: list[Behind]
    lanes: Sequence[int]
    length: float


def features(seen: Seen) -> dict[int, Behind]:
    """Every feature of a message with what is behind it: a run's place in the plain text, a concept's phrases."""
    found: dict[int, Behind] = {**runs(framed(seen.plain))}
    for key, name in named(seen.where, len(seen.plain)):
        found[key] = seen.concepts[name]
    for key in shape(seen.plain, seen.concepts.keys() - seen.where.keys(), seen.device.label):
        found[key] = ()
    return found


def weigh(found: dict[int, Behind], table: Table) -> Weighed:
    """Put the features in the balance of `table`."""
    rows, behind = table.find(found)
    weights = table.weights(rows)
    lanes, length = table.sums(weights)
    return Weighed(weights, behind, lanes, length or 1.0)


def opinion(found: dict[int, Behind], model: Model) -> float:
    """What the reviews teach about the message's mood, in log-odds: below nought is bad."""
    if model.reviews is None or model.opinion is None:
        return 0.0
    weighed, head = weigh(found, model.reviews), model.opinion
    leaning = weighed.lanes[head.first] * head.scale / weighed.length + head.bias[0]
    return max(-LEANING, min(LEANING, leaning))


Odds = Mapping[str, float]


def chances(
    weighed: Weighed, head: Head, leaning: float, before: Mapping[str, Odds], unsure: float = 1.0
) -> dict[str, float]:
    """Return each label's probability; `before` are those of dimensions judged already, `unsure` what log-odds
    are divided by."""
    step = head.scale / weighed.length
    odds = softmax(
        {
            label: (weighed.lanes[head.first + at] * step + head.bias[at] + head.leaning[at] * leaning)
            / unsure
            for at, label in enumerate(head.labels)
        }
    )
    for label, ties in head.goes_with.items():
        for other, labels in ties.items():
            if other in before:
                odds = _tied(odds, label, sum(before[other][each] for each in labels))
    return odds


def _tied(odds: Odds, label: str, holds: float) -> dict[str, float]:
    """What both say of a label that holds when, and only when, something of probability `holds` does."""
    both = {each: chance * (holds if each == label else 1 - holds) for each, chance in odds.items()}
    total = sum(both.values()) or 1.0
    return {each: chance / total for each, chance in both.items()}


def judged(weighed: Weighed, head: Head, odds: Odds, seen: Seen, table: Table) -> Judgement:
    """Return the label of one dimension, its probability and the words that decided for it."""
    first = max(odds, key=odds.__getitem__)
    label = next((name for name, enough in head.favour.items() if odds[name] >= enough), first)
    rival = max((name for name in odds if name != label), key=odds.__getitem__)
    width, at = table.width, head.first
    pulls = list(
        map(
            sub,
            weighed.weights[at + head.labels.index(label) :: width],
            weighed.weights[at + head.labels.index(rival) :: width],
        )
    )
    least = max(1.0, max(pulls, default=0) * _DECIDING)
    reasons = [(pull, behind) for pull, behind in zip(pulls, weighed.behind, strict=True) if pull >= least]
    return Judgement(label, odds[label], deciding(reasons, seen), odds)


def enough(seen: Seen, weighed: Weighed) -> bool:
    """Whether the model knows anything of the message: a concept, or some Chinese or a few English words of it."""
    if seen.concepts:
        return True
    known = 0
    for behind in weighed.behind:
        if isinstance(behind, int):
            start, end = place(behind)
            known += end - start > 1 and start >= 0 and ord(seen.plain[start]) >= _ASCII
    return known >= LEAST_RUNS
