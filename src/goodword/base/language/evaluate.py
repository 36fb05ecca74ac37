"""Compare readings with labels people gave: accuracy, precision, recall, calibration, confusions."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from goodword.base.core.masks import mask_text
from goodword.base.language.classifying import classify
from goodword.base.language.readings import Judgement, Reading

LABELLED = ("content", "severity", "kind", "sentiment", "device_type", "stage")
BINS, TEXTS = 10, 5


@dataclass(frozen=True, slots=True)
class ClassFigures:
    """How one label fared; precision and recall are None where there is nothing to divide by."""

    rows: int
    precision: float | None
    recall: float | None


@dataclass(frozen=True, slots=True)
class Bin:
    """Readings whose probability lay from `least` up: how sure they were on average, how many were right."""

    least: float
    rows: int
    sure: float
    right: float


@dataclass(frozen=True, slots=True)
class LabelReport:
    """How one dimension fared. `accuracy` is against the label itself, `acceptable` also counts what the
    row's `*_ok` list allows; unclassified counts as wrong in both. `calibration_error` is how far sureness
    and being right lie apart, weighed by rows (ECE); `texts` holds some of each confusion, masked."""

    rows: int
    accuracy: float
    acceptable: float
    unclassified: int
    classes: dict[str, ClassFigures]
    confusions: dict[str, int]
    texts: dict[str, list[str]]
    calibration: list[Bin]
    calibration_error: float | None


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


def evaluate(rows: Iterable[Mapping[str, Any]], *, read: Callable[[str], Reading] = classify) -> Report:
    """Read each row's text and compare with its labels (rows as in the labelled messages)."""
    pairs = [(row, read(str(row["text"]))) for row in rows]
    return Report(len(pairs), {name: _label_report(list(_outcomes(name, pairs))) for name in LABELLED})


@dataclass(frozen=True, slots=True)
class _Outcome:
    text: str
    truth: str
    allowed: tuple[str, ...]
    said: Judgement


def _outcomes(name: str, pairs: Iterable[tuple[Mapping[str, Any], Reading]]) -> Iterator[_Outcome]:
    for row, reading in pairs:
        if row.get(name) is not None:
            truth = str(row[name])
            allowed = (truth, *(row.get(f"{name}_ok") or ()))
            yield _Outcome(str(row["text"]), truth, allowed, getattr(reading, name))


def _label_report(outcomes: list[_Outcome]) -> LabelReport:
    count = len(outcomes)
    given = Counter(each.truth for each in outcomes)
    said = Counter(each.said.label for each in outcomes)
    right = Counter(each.truth for each in outcomes if each.truth == each.said.label)
    wrong: dict[str, list[str]] = {}
    for each in outcomes:
        if each.truth != each.said.label:
            confusion = f"{each.truth} → {each.said.label or 'unclassified'}"
            wrong.setdefault(confusion, []).append(each.text)
    ordered = sorted(wrong.items(), key=lambda item: -len(item[1]))
    bins = list(_bins(outcomes))
    apart = sum(each.rows * abs(each.sure - each.right) for each in bins)
    return LabelReport(
        rows=count,
        accuracy=_share(right.total(), count) or 0.0,
        acceptable=_share(sum(each.said.label in each.allowed for each in outcomes), count) or 0.0,
        unclassified=said[None],
        classes={
            label: ClassFigures(rows, _share(right[label], said[label]), _share(right[label], rows))
            for label, rows in sorted(given.items())
        },
        confusions={confusion: len(texts) for confusion, texts in ordered},
        texts={confusion: [mask_text(text) for text in texts[:TEXTS]] for confusion, texts in ordered},
        calibration=bins,
        calibration_error=round(apart / sum(each.rows for each in bins), 3) if bins else None,
    )


def _bins(outcomes: Iterable[_Outcome]) -> Iterator[Bin]:
    held: dict[int, list[_Outcome]] = {}
    for each in outcomes:
        if each.said.label is not None:
            held.setdefault(min(BINS - 1, int(each.said.probability * BINS)), []).append(each)
    for number, inside in sorted(held.items()):
        sure = sum(each.said.probability for each in inside) / len(inside)
        right = sum(each.said.label == each.truth for each in inside) / len(inside)
        yield Bin(number / BINS, len(inside), round(sure, 3), round(right, 3))


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 3) if whole else None
