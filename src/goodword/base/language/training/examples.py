"""What a model learns from: labelled messages and reviews, read from their files and checked."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

COLUMNS = ("content", "severity", "kind", "sentiment", "device_type", "stage", "text")
LABELS = {
    "content": ("device", "service", "other"),
    "kind": ("complaint", "consultation", "praise", "suggestion", "request"),
    "severity": ("urgent", "general", "suggestion"),
    "sentiment": ("neg", "neu", "pos"),
    "stage": ("consult", "sign", "deliver", "in_use", "repair", "return", "settle"),
}
"""What a model tells apart, in the order it is judged; the device is found by its names, the sub-class by rules."""

REVIEWS = "reviews"
"""The source of every review."""

_GOOD, _BAD = 4.0, 2.0  # stars from which a review is good, up to which it is bad
_OPINIONS = {"0": "neg", "1": "pos", "neg": "neg", "pos": "pos", "neu": "neu"}


class Unusable(Exception):
    """A file to learn from holds something else; the text says where."""


@dataclass(frozen=True, slots=True)
class Example:
    """A text with the labels people gave it, any subset; `source` names where it came from.

    `weight` is how many rows of the corpus it counts for.
    """

    text: str
    labels: Mapping[str, str]
    source: str
    category: str = ""
    weight: float = 1.0


def corpus() -> list[Example]:
    """Return the project's own labelled messages, as shipped."""
    folder = resources.files("goodword.base.language") / "corpus"
    files = sorted((each for each in folder.iterdir() if each.name.endswith(".tsv")), key=lambda f: f.name)
    return [example for each in files for example in _tsv(each)]


def _tsv(file: Traversable) -> Iterator[Example]:
    for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
        cells = line.split("\t")
        if not line.strip() or cells[0] == COLUMNS[0]:
            continue
        if len(cells) != len(COLUMNS):
            raise Unusable(f"{file.name}, line {number}: {len(COLUMNS)} columns are expected")
        row = dict(zip(COLUMNS, cells, strict=True))
        yield Example(row["text"], _checked(row, f"{file.name}, line {number}"), file.name)


def labelled(path: Path, *, weight: float = 1.0) -> list[Example]:
    """Read JSON lines {"text", any labels}; each counts for `weight` rows. Raises Unusable."""
    examples = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip():
            where = f"{path.name}, line {number}"
            row = _object(line, where)
            examples.append(Example(row["text"], _checked(row, where), path.name, weight=weight))
    return examples


def reviews(path: Path) -> list[Example]:
    """Read reviews: .csv with columns label (0 bad, 1 good) or stars, review or text, and maybe category; or
    JSON lines {"text", "stars"}. Raises Unusable."""
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    else:
        lines = path.read_text(encoding="utf-8").splitlines()
        rows = [_object(line, f"{path.name}, line {n}") for n, line in enumerate(lines, 1) if line.strip()]
    return [
        each for number, row in enumerate(rows, 1) if (each := _review(row, f"{path.name}, row {number}"))
    ]


def _review(row: Mapping[str, str], where: str) -> Example | None:
    text = row.get("text") or row.get("review")
    if not text:
        return None
    if (stars := row.get("stars")) not in (None, ""):
        try:
            given = float(str(stars))
        except ValueError:
            raise Unusable(f"{where}: stars is no number") from None
        mood = "pos" if given >= _GOOD else "neg" if given <= _BAD else "neu"
    else:
        found = _OPINIONS.get(str(row.get("label") or row.get("sentiment")))
        if found is None:
            raise Unusable(f"{where}: label must be 0 or 1, or stars be given")
        mood = found
    return Example(text, {"sentiment": mood}, REVIEWS, row.get("category") or "")


def _object(line: str, where: str) -> dict[str, str]:
    try:
        row = json.loads(line)
    except ValueError as wrong:
        raise Unusable(f"{where}: not JSON: {wrong}") from None
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise Unusable(f"{where}: an object with text is expected")
    return row


def _checked(row: Mapping[str, str], where: str) -> dict[str, str]:
    labels = {name: row[name] for name in LABELS if row.get(name) is not None}
    for name, label in labels.items():
        if label not in LABELS[name]:
            raise Unusable(f"{where}: {name} {label!r} is none of {', '.join(LABELS[name])}")
    return labels
