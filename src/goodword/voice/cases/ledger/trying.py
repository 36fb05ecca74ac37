"""A dry run: what a file would bring, with its first rows as they would be read. Nothing is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from zoneinfo import ZoneInfo

from django.conf import settings

from goodword.base.documents.sheets import Sheet
from goodword.base.language.classifying import classify

from ..labels import proposal_from
from ..models import LedgerRow
from .chosen import Chosen, choose
from .lines import Line, Refusal, RowRejected, lines_of
from .mapping import ColumnMap
from .taking import outcome_of

PREVIEWED = 20
LOOKED_UP = 200
OUTCOMES = ("created", "unchanged", "updated", "rejected")


@dataclass(frozen=True, slots=True)
class Shown:
    """A row of the preview: what it would be, how it is read, or why it is refused."""

    number: int
    outcome: str
    line: Line | None = None
    chosen: Chosen | None = None
    zh: str = ""
    en: str = ""


@dataclass(slots=True)
class Trial:
    """rows: how many there are. counts: by outcome. reasons: {(zh, en): how many}, the most frequent first."""

    rows: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    reasons: Counter[tuple[str, str]] = field(default_factory=Counter)
    shown: list[Shown] = field(default_factory=list)


def try_out(sheet: Sheet, columns: ColumnMap, *, history: bool, at: datetime) -> Trial:
    """What taking this sheet in now would bring. Raises Invalid when the map does not fit the file."""
    trial = Trial(rows=len(sheet.rows))
    lines = lines_of(sheet, columns, now=at, zone=ZoneInfo(settings.TIME_ZONE))
    coming: set[str] = set()
    while batch := list(islice(lines, LOOKED_UP)):
        for shown in _judged(batch, columns, coming, history=history):
            trial.counts[shown.outcome] += 1
            if shown.outcome == "rejected":
                trial.reasons[shown.zh, shown.en] += 1
            if len(trial.shown) < PREVIEWED:
                trial.shown.append(_read(shown, columns, at=at))
    return trial


def _judged(
    batch: Sequence[Line | Refusal], columns: ColumnMap, coming: set[str], *, history: bool
) -> Iterator[Shown]:
    """What each row would be; a row that stands in the file twice is new once. One query."""
    keys = [line.key for line in batch if isinstance(line, Line)]
    rows = {row.key: row for row in LedgerRow.objects.filter(source=columns.name, key__in=keys)}
    for line in batch:
        if isinstance(line, Refusal):
            yield Shown(line.number, "rejected", zh=line.zh, en=line.en)
            continue
        try:
            outcome: str = outcome_of(line, rows.get(line.key), history=history)
        except RowRejected as refused:
            yield Shown(line.number, "rejected", line=line, zh=refused.zh, en=refused.en)
            continue
        if outcome == "created" and line.key in coming:
            outcome = "unchanged"
        coming.add(line.key)
        yield Shown(line.number, outcome, line=line)


def _read(shown: Shown, columns: ColumnMap, *, at: datetime) -> Shown:
    """With the labels the row would get."""
    if shown.line is None or shown.outcome == "rejected":
        return shown
    reading = classify(f"{shown.line.subject} {shown.line.text}"[:4000])
    chosen = choose(shown.line, proposal_from(reading), columns, at=at)
    return Shown(shown.number, shown.outcome, line=shown.line, chosen=chosen)
