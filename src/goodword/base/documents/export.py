"""Write tables that a spreadsheet opens without running anything a customer has written into them."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from decimal import Decimal
from pathlib import Path
from typing import BinaryIO

import xlsxwriter

from goodword.base.documents.text import EDGES, FORMULA_STARTS

CELL_CHARS = 32_767  # a workbook's own limits
SHEET_ROWS = 1_048_576
SHEET_NAME_CHARS = 31
EXACT_DIGITS = 10**15  # a workbook keeps 15 digits; a longer id is text
NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\]")
LONE_SURROGATES = re.compile("[\ud800-\udfff]")
WIDTH_CHARS = (8, 60)
CUT = "…"

Target = str | Path | BinaryIO


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet to write: name, headings and rows (of str, numbers, dates, aware moments, None)."""

    name: str
    header: Sequence[str]
    rows: Iterable[Sequence[object]]


def write_xlsx(target: Target, sheets: Iterable[Table], *, tz: tzinfo = UTC) -> None:
    """Write a workbook; every text is a text cell, one that begins like a formula is marked as quoted too.

    target: a path or a binary stream. tz: the zone in which aware moments are shown (a workbook knows none).
    Text past 32,767 characters ends in …; raises ValueError for more rows than a sheet can hold.
    """
    stream = io.BytesIO() if not isinstance(target, str | Path) else None
    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "constant_memory": True,
    }
    book = xlsxwriter.Workbook(stream or str(target), options)
    writer = _Writer(book, tz)
    for table in sheets:
        writer.add(table)
    book.close()
    if stream is not None:
        assert not isinstance(target, str | Path)
        target.write(stream.getbuffer())


def write_csv(
    target: Target, header: Sequence[str], rows: Iterable[Sequence[object]], *, tz: tzinfo = UTC
) -> None:
    """Write separated values in UTF-8 with its mark (so that Excel reads Chinese), every cell quoted.

    A text that begins like a formula gets an apostrophe in front. tz: as for `write_xlsx`.
    """
    if isinstance(target, str | Path):
        with Path(target).open("wb") as stream:
            write_csv(stream, header, rows, tz=tz)
        return
    text = io.TextIOWrapper(target, encoding="utf-8-sig", errors="replace", newline="", write_through=True)
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([neutral(heading) for heading in header])
    writer.writerows([_written(value, tz) for value in row] for row in rows)
    text.detach()  # the stream stays open: it is the caller's


def neutral(text: str) -> str:
    """The text for a CSV cell: with an apostrophe in front where a spreadsheet would see a formula."""
    return f"'{text}" if begins_formula(text) else text


def begins_formula(text: str) -> bool:
    """Whether a spreadsheet might take the text for a formula, white space in front included."""
    return text[:1] in tuple(FORMULA_STARTS) or text.lstrip(EDGES)[:1] in tuple(FORMULA_STARTS)


def _written(value: object, tz: tzinfo) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return _local(value, tz).isoformat(sep=" ", timespec="seconds")
    if isinstance(value, bool | int | float | Decimal | date):
        return str(value)
    return neutral(str(value))


def _local(value: datetime, tz: tzinfo) -> datetime:
    return value.astimezone(tz).replace(tzinfo=None) if value.tzinfo else value


class _Writer:
    """Puts values into sheets cell by cell, each by the method of its own type: nothing is guessed."""

    def __init__(self, book: xlsxwriter.Workbook, tz: tzinfo) -> None:
        self.book = book
        self.tz = tz
        self.names: set[str] = set()
        self.head = book.add_format({"bold": True, "bottom": 1})
        self.quoted = book.add_format({"quote_prefix": True})
        self.moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        self.day = book.add_format({"num_format": "yyyy-mm-dd"})

    def add(self, table: Table) -> None:
        sheet = self.book.add_worksheet(self._name(table.name))
        sheet.freeze_panes(1, 0)
        low, high = WIDTH_CHARS
        for column, heading in enumerate(table.header):
            sheet.set_column(column, column, min(high, max(low, 2 * len(heading) + 2)))
            sheet.write_string(0, column, _fitting(heading), self.head)
        for row, values in enumerate(table.rows, start=1):
            if row >= SHEET_ROWS:
                raise ValueError(f"a sheet holds at most {SHEET_ROWS - 1:,} rows below its header")
            for column, value in enumerate(values):
                self._put(sheet, row, column, value)

    def _put(self, sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, value: object) -> None:
        if value is None:
            return
        if isinstance(value, bool):
            sheet.write_boolean(row, column, value)
        elif isinstance(value, int | float | Decimal) and _is_exact(value):
            sheet.write_number(row, column, value)
        elif isinstance(value, datetime):
            sheet.write_datetime(row, column, _local(value, self.tz), self.moment)
        elif isinstance(value, date):
            sheet.write_datetime(row, column, value, self.day)
        else:
            text = _fitting(str(value))
            sheet.write_string(row, column, text, self.quoted if begins_formula(text) else None)

    def _name(self, wanted: str) -> str:
        """A sheet name a workbook accepts, unlike those before it."""
        base = NOT_IN_SHEET_NAMES.sub(" ", wanted).strip(" '")[:SHEET_NAME_CHARS] or "Sheet"
        name, number = base, 1
        while name.lower() in self.names:
            number += 1
            name = f"{base[: SHEET_NAME_CHARS - 4]} {number}"
        self.names.add(name.lower())
        return name


def _is_exact(value: float | Decimal) -> bool:
    return math.isfinite(value) and -EXACT_DIGITS < value < EXACT_DIGITS


def _fitting(text: str) -> str:
    text = LONE_SURROGATES.sub("\ufffd", text)
    return text if len(text) <= CELL_CHARS else text[: CELL_CHARS - 1] + CUT
