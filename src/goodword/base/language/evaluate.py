"""Compare readings with labels people gave: accuracy, precision, recall, confusions."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from goodword.base.language.classifying import classify

LABELLED = ("content", "severity", "kind", "sentiment", "device_type", "stage")


@dataclass(frozen=True, slots=True)
class ClassFigures:
    """How one label fared; precision and recall are None where there is nothing to divide by."""

    rows: int
    precision: float | None
    recall: float | None


@dataclass(frozen=True, slots=True)
class LabelReport:
    """How one dimension fared. `accuracy` is against the label itself, `acceptable` also counts what the
    row's `*_ok` list allows; unclassified counts as wrong in both."""

    rows: int
    accuracy: float
    acceptable: float
    unclassified: int
    classes: dict[str, ClassFigures]
    confusions: dict[str, int]


@dataclass(frozen=True, slots=True)
class Report:
    """Figures per dimension."""

    rows: int
    labels: dict[str, LabelReport]

    def as_json(self) -> str:
        """Return the report as indented JSON."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=2)


def split(
    rows: Iterable[Mapping[str, Any]], *, held_out: int
) -> tuple[list[Mapping[str, Any]], list[Mapping[str, Any]]]:
    """Return (rows to tune on, rows held out): always the same, by the hash of their ids."""
    ordered = sorted(rows, key=lambda row: hashlib.sha256(str(row["id"]).encode()).hexdigest())
    edge = max(0, len(ordered) - held_out)
    return ordered[:edge], ordered[edge:]


def evaluate(rows: Iterable[Mapping[str, Any]]) -> Report:
    """Classify each row's text and compare with its labels (rows as in the labelled messages)."""
    pairs = [(row, classify(str(row["text"]))) for row in rows]
    labels = {
        name: _label_report(
            [
                (str(row[name]), getattr(reading, name).label, tuple(row.get(f"{name}_ok") or (row[name],)))
                for row, reading in pairs
                if row.get(name) is not None
            ]
        )
        for name in LABELLED
    }
    return Report(len(pairs), labels)


def _label_report(outcomes: list[tuple[str, str | None, tuple[str, ...]]]) -> LabelReport:
    count = len(outcomes)
    given = Counter(truth for truth, _, _ in outcomes)
    said = Counter(label for _, label, _ in outcomes)
    right = Counter(truth for truth, label, _ in outcomes if truth == label)
    return LabelReport(
        rows=count,
        accuracy=_share(right.total(), count) or 0.0,
        acceptable=_share(sum(label in (truth, *ok) for truth, label, ok in outcomes), count) or 0.0,
        unclassified=said[None],
        classes={
            label: ClassFigures(rows, _share(right[label], said[label]), _share(right[label], rows))
            for label, rows in sorted(given.items())
        },
        confusions={
            f"{truth} → {label or 'unclassified'}": times
            for (truth, label), times in Counter((t, s) for t, s, _ in outcomes if t != s).most_common()
        },
    )


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 3) if whole else None
