"""One row of a ledger as plain values, and why a row cannot be one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from goodword.base.documents.moments import parse_moment
from goodword.base.documents.sheets import Cell, Sheet

from .mapping import FIELDS, ColumnMap

LONGEST_TEXT = 50_000
LONGEST_ID = 60
CLOCKS_DIFFER_BY = timedelta(days=1)
"""How far a time may lie ahead of ours: ledgers come from other zones and clocks."""
MOMENTS = ("received_at", "answered_at", "closed_at")
WITHOUT_WORDS = "(台账未保存答复原文。 / The ledger did not keep the words of the answer.)"


class RowRejected(Exception):
    """A row that cannot be taken; `zh`, `en` say why without repeating what stands in it."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh = zh
        self.en = en


@dataclass(frozen=True, slots=True)
class Line:
    """A row, read: what was said when, what was answered when. Texts are stripped; what the map lacks is "" or None.

    keeps_ends: the ledger has a column for the end of a matter; else its answer ended it.
    """

    number: int
    key: str
    text: str
    subject: str
    received_at: datetime | None
    answer: str
    answered_at: datetime | None
    closed_at: datetime | None
    said: Mapping[str, str]
    keeps_ends: bool = False

    @property
    def over_at(self) -> datetime | None:
        """When the matter was over; None while it is not."""
        if self.keeps_ends:
            return max(self.closed_at, self.answered_at or self.closed_at) if self.closed_at else None
        return self.answered_at

    @property
    def question_digest(self) -> str:
        """What the customer said, as a digest."""
        return _digest(self.subject, self.text)

    @property
    def answer_digest(self) -> str:
        """What was answered, as a digest; "" for nothing yet."""
        return _digest(self.answer, self.answered_at) if self.answered_at else ""

    @property
    def digest(self) -> str:
        """All that can change in a row."""
        return _digest(self.question_digest, self.received_at, self.answer_digest, self.closed_at)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that is not taken: its number in the file and the reason."""

    number: int
    zh: str
    en: str


def lines_of(
    sheet: Sheet,
    columns: ColumnMap,
    *,
    now: datetime,
    zone: tzinfo,
) -> Iterator[Line | Refusal]:
    """Every row of the sheet in order, read or refused. A key that comes again with other content is refused."""
    places = columns.places(sheet.header)
    seen: dict[str, str] = {}
    for number, cells in zip(sheet.numbers, sheet.rows, strict=True):
        try:
            line = read_line(number, cells, places, now=now, zone=zone)
            if seen.setdefault(line.key, line.digest) != line.digest:
                raise RowRejected(
                    "编号与前面某行相同而内容不同", "the same number as an earlier row, with other content"
                )
        except RowRejected as refused:
            yield Refusal(number, refused.zh, refused.en)
        else:
            yield line


def read_line(
    number: int, cells: Sequence[Cell], places: Mapping[str, int], *, now: datetime, zone: tzinfo
) -> Line:
    """Read one row. Raises RowRejected for what makes no sense."""
    said = {name: _text(cells[place]) for name, place in places.items() if name not in MOMENTS}
    at = {name: _moment(cells[places[name]], name, zone) for name in MOMENTS if name in places}
    text, subject = said.pop("text", ""), said.pop("subject", "")
    answer, outside_id = said.pop("answer", ""), said.pop("outside_id", "")
    text = text or subject
    if not text:
        raise RowRejected("没有内容", "no text")
    if max(len(text), len(answer)) > LONGEST_TEXT:
        raise RowRejected("内容超过 5 万字", "more than 50,000 characters of text")
    if len(outside_id) > LONGEST_ID:
        raise RowRejected("编号过长", "the number is too long")
    received_at, answered_at, closed_at = (at.get(name) for name in MOMENTS)
    for moment in (received_at, answered_at, closed_at):
        if moment is not None and moment > now + CLOCKS_DIFFER_BY:
            raise RowRejected("时间在将来", "a time in the future")
    if answer and answered_at is None:
        raise RowRejected("有答复而没有答复时间", "an answer without its time")
    for later in (answered_at, closed_at):
        if received_at and later and later < received_at:
            raise RowRejected("答复或办结早于受理", "answered or closed before it was received")
    key = outside_id or _digest(subject, text, received_at, said.get("customer"), said.get("phone"))[:32]
    words = answer or (WITHOUT_WORDS if answered_at else "")
    return Line(
        number, key, text, subject, received_at, words, answered_at, closed_at, said, "closed_at" in places
    )


def _text(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)  # a workbook keeps every number as a fraction
    text = "" if cell is None else str(cell)
    return text.encode("utf-8", "replace").decode().replace("\x00", "").strip()


def _moment(cell: Cell, name: str, zone: tzinfo) -> datetime | None:
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return None
    found = parse_moment(cell, zone)
    if found is None:
        zh, en = FIELDS[name]
        raise RowRejected(f"“{zh}”看不出是什么时间", f"“{en}” is no moment that can be read")
    return found


def _digest(*parts: object) -> str:
    said = [part.isoformat() if isinstance(part, datetime) else part for part in parts]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode("utf-8", "replace")).hexdigest()
