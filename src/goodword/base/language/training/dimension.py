"""One dimension as a question to learn: its rows and labels; and the answer: weights, honest probabilities, figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from goodword.base.language.training import heads, vectors
from goodword.base.language.training.examples import LABELS, REVIEWS, Example
from goodword.base.language.training.settings import Settings
from goodword.base.language.training.vectors import Bags, Floats, Keys

Ties = Mapping[str, Mapping[str, Sequence[str]]]


@dataclass(frozen=True, slots=True)
class Question:
    """The rows that have a label of this dimension; `texts` are their numbers among all."""

    name: str
    texts: tuple[int, ...]
    labels: tuple[str, ...]
    sources: tuple[str, ...]
    weights: Floats
    bag: Bags
    mood: Floats

    def fit(self, rows: heads.Whole, keys: Keys, squares: Floats, strength: float) -> heads.Fitted:
        """Fit on some rows, over the columns `keys` and the mood."""
        return heads.fit(
            self.matrix(rows, keys, squares),
            [self.labels[at] for at in rows],
            order=LABELS[self.name],
            strength=strength,
            weights=self.weights[rows],
        )

    def matrix(self, rows: heads.Whole, keys: Keys, squares: Floats) -> Any:
        """Return some rows as a matrix, the mood last."""
        return heads.stacked(vectors.rows(self.bag.pick(rows), keys, squares), self.mood[rows])


@dataclass(frozen=True, slots=True)
class Answer:
    """What was learned: `chances` per text and `figures` are of messages left out of the fit."""

    name: str
    fitted: heads.Fitted
    temperature: float
    favour: dict[str, float]
    goes_with: Ties
    chances: dict[int, Floats]
    figures: dict[str, Any]


def asked(name: str, messages: Sequence[Example], bag: Bags, mood: Floats, settings: Settings) -> Question:
    """Return the question of a dimension; the mood of reviews is heard where the settings say so."""
    rows = [at for at, each in enumerate(messages) if name in each.labels]
    return Question(
        name,
        texts=tuple(rows),
        labels=tuple(messages[at].labels[name] for at in rows),
        sources=tuple(messages[at].source for at in rows),
        weights=np.array([messages[at].weight for at in rows]),
        bag=bag.pick(rows),
        mood=mood[rows] if name in settings.mood_heard_for else np.zeros(len(rows)),
    )


def left_out(question: Question, settings: Settings, *, seed: int) -> tuple[Floats, heads.Whole]:
    """Return (log-odds of each row by a fit that did not see it, the label wanted as a number)."""
    order = LABELS[question.name]
    wanted = np.array([order.index(label) for label in question.labels])
    logits = np.zeros((len(wanted), len(order)))
    for learn, left in heads.folds(question.sources, settings.folds, seed=seed):
        if len(learn) and len(left):
            keys, squares = vectors.common(question.bag.pick(learn), least=settings.least)
            one = question.fit(learn, keys, squares, settings.strength[question.name])
            logits[left] = one.logits(question.matrix(left, keys, squares))
    return logits, wanted


def answered(
    question: Question,
    keys: Keys,
    squares: Floats,
    settings: Settings,
    before: Mapping[str, Answer],
    *,
    seed: int,
) -> Answer:
    """Learn from all rows; how honest its probabilities are comes from fits that left messages out."""
    order = LABELS[question.name]
    logits, wanted = left_out(question, settings, seed=seed)
    messages = np.array([source != REVIEWS for source in question.sources])
    temperature = heads.temperature(logits[messages], wanted[messages])
    ties = settings.goes_with.get(question.name, {})
    texts = [at for at, is_message in zip(question.texts, messages, strict=True) if is_message]
    chances = _tied(heads.probabilities(logits[messages], temperature), texts, order, ties, before)
    favour = heads.favours(order, settings.missed_costs.get(question.name, {}))
    everything = np.arange(len(wanted))
    return Answer(
        question.name,
        question.fit(everything, keys, squares, settings.strength[question.name]),
        temperature,
        favour,
        ties,
        dict(zip(texts, chances, strict=True)),
        heads.figures(chances, wanted[messages], order, favour),
    )


def _tied(
    chances: Floats, texts: Sequence[int], order: tuple[str, ...], ties: Ties, before: Mapping[str, Answer]
) -> Floats:
    """Chances as a reading gives them, with what was judged before."""
    tied = chances.copy()
    for label, others in ties.items():
        for other, labels in others.items():
            columns = [LABELS[other].index(each) for each in labels]
            for row, text in enumerate(texts):
                if (known := before[other].chances.get(text)) is not None:
                    holds = known[columns].sum()
                    tied[row] *= [holds if each == label else 1 - holds for each in order]
    return np.asarray(tied / tied.sum(axis=1, keepdims=True))
