"""Messages as sparse rows: one column per feature that is common enough, each row of length one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from goodword.base.language.lexicon import lexicon
from goodword.base.language.model import LENGTH_UNIT
from goodword.base.language.seeing import see
from goodword.base.language.weighing import features

Floats = npt.NDArray[np.float64]
Keys = npt.NDArray[np.uint32]

RUN, CONCEPT, SHAPE = 1.0, 2.0, 1.0
"""How much a feature counts towards a message's length, before the root: a concept more than a run of letters."""

RARITY_UNIT = 1 / 6.5
"""What rarity, squared, is multiplied by, so that the rarest run of letters just fits into MOST_STEPS."""
MOST_STEPS = 255
"""A row's last lane is one byte."""


@dataclass(frozen=True, slots=True)
class Bags:
    """The features of many texts, one after the other; text n has those from `starts[n]` to `starts[n + 1]`."""

    keys: Keys
    squares: Floats
    starts: npt.NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.starts) - 1

    def pick(self, rows: Sequence[int] | npt.NDArray[np.int64]) -> Bags:
        """Return the bags of some texts."""
        parts = [slice(self.starts[row], self.starts[row + 1]) for row in rows]
        starts = np.cumsum([0, *(part.stop - part.start for part in parts)])
        if not parts:
            return Bags(self.keys[:0], self.squares[:0], starts)
        return Bags(
            np.concatenate([self.keys[part] for part in parts]),
            np.concatenate([self.squares[part] for part in parts]),
            starts,
        )


def bags(texts: Sequence[str]) -> Bags:
    """Return the features of texts, as a reading takes them."""
    rules = lexicon()
    keys: list[int] = []
    squares: list[float] = []
    starts = [0]
    for text in texts:
        found = features(see(text, rules))
        keys += found
        squares += [
            SHAPE if not behind else RUN if isinstance(behind, int) else CONCEPT for behind in found.values()
        ]
        starts.append(len(keys))
    return Bags(np.array(keys, np.uint32), np.array(squares, np.float64), np.array(starts, np.int64))


def common(these: Bags, *, least: int) -> tuple[Keys, Floats]:
    """Return (keys in at least `least` texts, in order; what each counts towards the length, squared).

    A feature counts by how rare it is too (inverse document frequency, smoothed), in steps a model's file can hold.
    """
    keys, first, times = np.unique(these.keys, return_index=True, return_counts=True)
    kept = times >= least
    rarity = np.log((1 + len(these)) / (1 + times[kept])) + 1
    steps = np.round(these.squares[first[kept]] * rarity**2 * RARITY_UNIT / LENGTH_UNIT)
    return keys[kept], np.clip(steps, 1, MOST_STEPS) * LENGTH_UNIT


def rows(these: Bags, keys: Keys, squares: Floats) -> Any:
    """Return a sparse matrix, a row per text over the columns `keys`, each row of length one."""
    at = np.searchsorted(keys, these.keys)
    at[at == len(keys)] = 0
    known = keys[at] == these.keys if len(keys) else np.zeros(len(at), bool)
    counts = np.concatenate([[0], np.cumsum(known)])[these.starts]
    columns = at[known]
    values = np.sqrt(squares[columns])
    matrix = sparse.csr_matrix((values, columns, counts), shape=(len(these), len(keys)))
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    lengths[lengths == 0] = 1.0
    return sparse.diags(1 / lengths) @ matrix
