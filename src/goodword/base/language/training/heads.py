"""Fit one dimension: logistic regression, its probabilities made honest on folds left out, its favours by cost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from goodword.base.language.training.vectors import Floats

Whole = npt.NDArray[np.int64]

TEMPERATURES = np.geomspace(0.3, 4.0, 60)


@dataclass(frozen=True, slots=True)
class Fitted:
    """Weights of one dimension: a column per label."""

    labels: tuple[str, ...]
    weights: Floats
    bias: Floats

    def logits(self, rows: Any) -> Floats:
        """Return log-odds per row and label."""
        return np.asarray(rows @ self.weights) + self.bias


def fit(
    rows: Any, labels: Sequence[str], *, order: tuple[str, ...], strength: float, weights: Floats
) -> Fitted:
    """Fit multinomial logistic regression; labels never seen get no chance."""
    wanted = np.array([order.index(label) for label in labels])
    present = np.unique(wanted)
    count = rows.shape[1]
    found, bias = np.zeros((count, len(order))), np.full(len(order), -20.0)
    if len(present) == 1:
        bias[present[0]] = 0.0
        return Fitted(order, found, bias)
    model = LogisticRegression(C=strength, max_iter=400, tol=1e-4)
    model.fit(rows, wanted, sample_weight=weights)
    if len(present) == 2:  # one row of weights stands for both
        found[:, present] = np.vstack([-model.coef_[0], model.coef_[0]]).T / 2
        bias[present] = np.array([-model.intercept_[0], model.intercept_[0]]) / 2
    else:
        found[:, present] = model.coef_.T
        bias[present] = model.intercept_
    return Fitted(order, found, bias)


def probabilities(logits: Floats, temperature: float = 1.0) -> Floats:
    """Softmax of each row."""
    powers = np.exp((logits - logits.max(axis=1, keepdims=True)) / temperature)
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def temperature(logits: Floats, wanted: Whole) -> float:
    """Return the temperature at which logits of rows left out are worth most: least log loss."""
    at = np.arange(len(wanted))
    losses = [-np.log(probabilities(logits, each)[at, wanted] + 1e-12).mean() for each in TEMPERATURES]
    return float(TEMPERATURES[int(np.argmin(losses))])


def folds(sources: Sequence[str], count: int, *, seed: int) -> Iterator[tuple[Whole, Whole]]:
    """Yield (rows to learn, rows left out) `count` times.

    Ten rows that stand together in a file are left out together: people write like themselves.
    """
    chance = np.random.default_rng(seed)
    blocks: dict[tuple[str, int], int] = {}
    seen: dict[str, int] = {}
    fold = np.empty(len(sources), np.int64)
    for at, source in enumerate(sources):
        seen[source] = seen.get(source, -1) + 1
        fold[at] = blocks.setdefault((source, seen[source] // 10), int(chance.integers(count)))
    for each in range(count):
        yield np.flatnonzero(fold != each), np.flatnonzero(fold == each)


def favours(order: tuple[str, ...], costs: Mapping[str, float]) -> dict[str, float]:
    """Return from which probability each costly label is taken: one missed costs as many false alarms."""
    return {label: round(1 / (1 + cost), 4) for label, cost in costs.items() if label in order}


def figures(
    chances: Floats, wanted: Whole, order: tuple[str, ...], favour: Mapping[str, float]
) -> dict[str, Any]:
    """Return how probabilities of rows left out fare: accuracy, recall and precision per label."""
    said = chances.argmax(axis=1)
    for label, enough in favour.items():
        said[chances[:, order.index(label)] >= enough] = order.index(label)
    return {
        "rows": len(wanted),
        "accuracy": round(float((said == wanted).mean()), 4),
        "recall": {label: _share(said == wanted, wanted == at) for at, label in enumerate(order)},
        "precision": {label: _share(said == wanted, said == at) for at, label in enumerate(order)},
    }


def _share(right: npt.NDArray[np.bool_], among: npt.NDArray[np.bool_]) -> float | None:
    return round(float(right[among].mean()), 4) if among.any() else None


def stacked(rows: Any, leaning: Floats) -> Any:
    """Return `rows` with one more column: what the reviews think."""
    return sparse.hstack([rows, sparse.csr_matrix(leaning[:, None])]).tocsr()
