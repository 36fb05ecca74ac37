"""Propose which column of a ledger holds which field, by its heading and by a sample of its cells."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from goodword.base.documents.cells import share

SURE_ENOUGH = 0.4
BY_NAME, BY_CELLS = 0.8, 0.2  # how much heading and cells weigh together
CELLS_ALONE = 0.5  # no heading: a proposal to be looked at
CONTRADICTED = 0.4  # a heading whose cells say otherwise keeps this much
SHORT_NAME = 3  # shorter Latin names say too little inside a longer heading: "no", "id"
BESIDE = re.compile(r"[(（\[【].*?[)）\]】]")
CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
SIGNS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Field:
    """A field as columns.yaml describes it; names are already in compared form."""

    name: str
    holds: str
    names: tuple[str, ...]
    guess: bool


@dataclass(frozen=True, slots=True)
class Match:
    """A proposal: the column's index, confidence from 0 to 1, and whether the heading or the cells spoke."""

    column: int
    confidence: float
    by: str


@cache
def known_fields() -> dict[str, Field]:
    """Every field a ledger column can be mapped to, in the order of columns.yaml."""
    described = yaml.safe_load(Path(__file__).with_name("columns.yaml").read_text("utf-8"))
    return {
        name: Field(name, about["holds"], tuple(map(plain, about["names"])), about.get("guess", False))
        for name, about in described.items()
    }


def plain(heading: str) -> str:
    """A heading in compared form: narrow, lower case, words apart, without asides in brackets and signs."""
    text = CAMEL.sub(" ", unicodedata.normalize("NFKC", heading)).lower()
    return SIGNS.sub(" ", BESIDE.sub("", text)).strip() or SIGNS.sub(" ", text).strip()


def detect(
    header: Sequence[str], sample_rows: Sequence[Sequence[object]], fields: Collection[str] | None = None
) -> dict[str, Match]:
    """The best column for each field that has one; no column serves two fields.

    sample_rows: some rows below the header (20 to 50 do). fields: those wanted, None for all known.
    Raises KeyError for a field that is not known.
    """
    wanted = list(known_fields().values()) if fields is None else [known_fields()[name] for name in fields]
    offers: list[tuple[str, Match]] = []
    for column, heading in enumerate(header):
        cells = [row[column] for row in sample_rows if column < len(row)]
        offers += [
            (field.name, match) for field in wanted if (match := _judge(field, column, heading, cells))
        ]
    return _settle(offers)


def _settle(offers: list[tuple[str, Match]]) -> dict[str, Match]:
    """Surest first; a field and a column are given away once. Ties keep the order of columns."""
    found: dict[str, Match] = {}
    taken: set[int] = set()
    for name, match in sorted(offers, key=lambda offer: -offer[1].confidence):
        if name not in found and match.column not in taken:
            found[name] = match
            taken.add(match.column)
    return found


def _judge(field: Field, column: int, heading: str, cells: Sequence[object]) -> Match | None:
    named = _likeness(plain(heading), field.names)
    fit = share(cells, field.holds)
    if named:
        confidence = BY_NAME * named + BY_CELLS * (0.5 if fit is None else fit)
        if fit is not None and fit < 0.3 and field.holds in ("moment", "phone"):
            confidence *= CONTRADICTED
        by = "heading"
    else:
        confidence = CELLS_ALONE * fit if field.guess and fit is not None and fit > 0.8 else 0.0
        by = "cells"
    return Match(column, round(confidence, 3), by) if confidence >= SURE_ENOUGH else None


def _likeness(heading: str, names: tuple[str, ...]) -> float:
    """1 for a heading that is one of the names, less the more is around it, 0 when it holds none."""
    tight = heading.replace(" ", "")
    if any(name.replace(" ", "") == tight for name in names):
        return 1.0
    inside = [name for name in names if _is_part(name, heading, tight)]
    ratio = max((len(name) / len(heading) for name in inside), default=0.0)
    ends = any(heading.endswith(name) for name in inside)
    return (0.4 if ends else 0.3) + 0.5 * ratio if inside else 0.0


def _is_part(name: str, heading: str, tight: str) -> bool:
    """Latin names count as whole words ("note" is no part of "notebook"), Chinese ones anywhere."""
    if name.isascii():
        return len(name) >= SHORT_NAME and f" {name} " in f" {heading} "
    return len(name) > 1 and name in tight
