"""A trained model: weights of one byte, looked up by the key of a feature, read from one file.

The file: a magic, the length of a JSON header, the header, the tables. A table holds for each of its features one
row of bytes: a weight per lane (128 is nought) and at the end how much the feature counts towards the length of
the message. Rows are found by the feature's CRC-32: its upper half names a bucket, its lower half the row in it.
"""

from __future__ import annotations

import hashlib
import json
import struct
import sys
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

MAGIC = b"GOODWORD-LANGUAGE-1\n"
BUCKETS = 1 << 16
NOUGHT = 128
LENGTH_UNIT = 1 / 16
"""What one step of the last lane of a row is worth."""


T = TypeVar("T")


class Unreadable(Exception):
    """The file is no model of this format, or is damaged; the text says which."""


@dataclass(frozen=True, slots=True)
class Head:
    """How one dimension is judged from the lanes `first` … of its table.

    `scale` is what a weight's step is worth, temperature included; `leaning` is added per label for each step
    of the reviews' opinion. `favour` gives labels taken at a lower probability than the likeliest one's. `goes_with`
    ties a label to labels of a dimension judged before: it holds when, and only when, one of them does.
    """

    labels: tuple[str, ...]
    first: int
    scale: float
    bias: tuple[float, ...]
    leaning: tuple[float, ...]
    favour: Mapping[str, float]
    goes_with: Mapping[str, Mapping[str, Sequence[str]]]


class Table:
    """Rows of weights by key."""

    def __init__(self, data: memoryview, *, rows: int, width: int) -> None:
        self.width = width
        self._starts = _numbers("I", data[: 4 * (BUCKETS + 1)])
        self._low = _numbers("H", data[4 * (BUCKETS + 1) : 4 * (BUCKETS + 1) + 2 * rows])
        self._rows = bytes(data[4 * (BUCKETS + 1) + 2 * rows :][: rows * width])
        if len(self._rows) != rows * width or self._starts[BUCKETS] != rows:
            raise Unreadable("its tables are incomplete")

    def find(self, features: Mapping[int, T]) -> tuple[list[int], list[T]]:
        """Return (the rows of those keys that have one, what stands behind each)."""
        starts, low = self._starts, self._low
        rows, behind = [], []
        for key, each in features.items():
            at, end = starts[key >> 16], starts[(key >> 16) + 1]
            while at < end:
                if low[at] == key & 0xFFFF:
                    rows.append(at)
                    behind.append(each)
                    break
                at += 1
        return rows, behind

    def weights(self, rows: Iterable[int]) -> bytes:
        """Return the bytes of these rows, one after the other."""
        width, data = self.width, self._rows
        return b"".join([data[at * width : at * width + width] for at in rows])

    def sums(self, weights: bytes) -> tuple[Sequence[int], float]:
        """Return (the sum of each lane, the length of the message) of rows as `weights` gives them."""
        width = self.width
        nought = NOUGHT * (len(weights) // width)
        lanes = [sum(weights[lane::width]) - nought for lane in range(width - 1)]
        return lanes, (sum(weights[width - 1 :: width]) * LENGTH_UNIT) ** 0.5


@dataclass(frozen=True, slots=True)
class Model:
    """A model as read. `header` holds what is known of it: version, day, sizes, provenance, figures."""

    version: str
    header: Mapping[str, Any]
    messages: Table
    heads: Mapping[str, Head]
    reviews: Table | None
    opinion: Head | None

    def sees_opinion(self) -> bool:
        """Whether it has learned from reviews."""
        return self.reviews is not None and self.opinion is not None


def _numbers(code: str, data: memoryview) -> array[int]:
    numbers = array(code)
    numbers.frombytes(data[: len(data) // numbers.itemsize * numbers.itemsize])
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def read(path: Path) -> Model:
    """Return the model of the file. Raises Unreadable; OSError where there is none."""
    data = memoryview(path.read_bytes())
    try:
        return _model(data)
    except (KeyError, TypeError, ValueError, IndexError, struct.error) as wrong:
        raise Unreadable(f"its header cannot be used: {wrong!r}") from None


def _model(data: memoryview) -> Model:
    if bytes(data[: len(MAGIC)]) != MAGIC:
        raise Unreadable("it is no model of this version")
    begins = len(MAGIC) + 4
    (length,) = struct.unpack("<I", data[len(MAGIC) : begins])
    header = json.loads(bytes(data[begins : begins + length]))
    payload = data[begins + length :]
    if hashlib.sha256(payload).hexdigest() != header["sha256"]:
        raise Unreadable("its contents do not match their checksum")
    tables = {
        name: Table(payload[each["at"] :], rows=each["rows"], width=each["width"])
        for name, each in header["tables"].items()
    }
    opinion = header.get("opinion")
    return Model(
        version=str(header["version"]),
        header=header,
        messages=tables["messages"],
        heads={name: _head(each) for name, each in header["heads"].items()},
        reviews=tables.get("reviews"),
        opinion=_head(opinion) if opinion else None,
    )


def _head(data: Mapping[str, Any]) -> Head:
    labels = tuple(map(str, data["labels"]))
    bias, leaning = tuple(map(float, data["bias"])), tuple(map(float, data["leaning"]))
    if not len(labels) == len(bias) == len(leaning):
        raise Unreadable("a dimension's labels and weights differ in number")
    return Head(
        labels,
        int(data["first"]),
        float(data["scale"]),
        bias,
        leaning,
        dict(data["favour"]),
        dict(data["goes_with"]),
    )
