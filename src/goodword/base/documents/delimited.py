"""Rows of separated values (.csv, .tsv, .txt), in the confined child."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

from goodword.base.documents.failures import Remark
from goodword.base.documents.limits import Limits
from goodword.base.documents.text import tidy_separated

DELIMITERS = (",", "\t", ";", "|")
SAMPLE_CHARS = 1 << 16
SAMPLE_ROWS = 50
DECLARED = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)  # Excel's own first line

Row = tuple[int, list[str | None]]


def read(text: str, limits: Limits) -> tuple[str, list[Remark], Iterator[Row]]:
    """The delimiter, remarks, and the rows as (line number from 1 where the row begins, cells)."""
    csv.field_size_limit(limits.cell_chars)
    declared = DECLARED.match(text)
    if declared:
        text = "\n" + text[declared.end() :]
    delimiter = declared[1] if declared else sniff(text)
    remarks: list[Remark] = []
    quoting: int = csv.QUOTE_MINIMAL
    if _quotes_run_away(text, delimiter):
        quoting = csv.QUOTE_NONE
        remarks.append(
            Remark(
                "引号不成对，已把引号当作普通字符读取；请核对含换行的单元格。",
                "A quotation mark is never closed; quotation marks were read as plain characters. "
                "Check cells that hold line breaks.",
            )
        )
    return delimiter, remarks, _rows(text, delimiter, quoting)


def sniff(text: str) -> str:
    """Which of , tab ; | separates the cells: the one giving most rows the same width above one."""
    sample = text[:SAMPLE_CHARS]
    return max(DELIMITERS, key=lambda delimiter: _evenness(sample, delimiter))


def _evenness(sample: str, delimiter: str) -> tuple[float, int]:
    """(share of rows with the commonest width, that width); nothing for a width of one."""
    widths: list[int] = []
    try:
        for row in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter):
            if any(row):
                widths.append(len(row))
            if len(widths) == SAMPLE_ROWS:
                break
    except csv.Error:
        return (0.0, 0)
    if len(widths) > 2 and len(widths) < SAMPLE_ROWS and len(sample) == SAMPLE_CHARS:
        widths.pop()  # the sample ended inside this row
    if not widths:
        return (0.0, 0)
    width, rows = Counter(widths).most_common(1)[0]
    return (rows / len(widths), width) if width > 1 else (0.0, 0)


def _quotes_run_away(text: str, delimiter: str) -> bool:
    """Whether a quotation mark never closed swallows the rest of the file (or more than a cell may hold)."""
    last: list[str] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            last = row
    except csv.Error:
        return True
    return text.count('"') % 2 == 1 and any("\n" in cell.strip() for cell in last[-1:])


def _rows(text: str, delimiter: str, quoting: int) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quoting=quoting)  # type: ignore[arg-type]  # typeshed wants a literal
    begins = 1
    for row in reader:
        yield begins, [tidy_separated(cell) for cell in row]
        begins = reader.line_num + 1
