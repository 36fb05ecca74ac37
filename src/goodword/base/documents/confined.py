"""What the child runs to read a table: one entry for every kind of file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from goodword.base.documents import delimited, html_tables, workbooks
from goodword.base.documents.encodings import decode
from goodword.base.documents.failures import ParseFailed
from goodword.base.documents.formats import kind
from goodword.base.documents.limits import Limits


def read_table(stream: BinaryIO, limits: Limits, *, sheet: str | None = None) -> Iterator[Any]:
    """First a dict of facts about the file, then [row number, cells] for each row that is not blank."""
    data = stream.read(limits.unpacked_bytes + 1)
    if len(data) > limits.unpacked_bytes:
        raise too_large(limits)
    found = kind(data, limits)
    if found == "workbook":
        names, chosen, rows = workbooks.read(data, sheet=sheet)
        yield {"names": names, "sheet": chosen, "format": found}
        yield from _bounded(rows, limits)
        return
    text, encoding, remarks = decode(data)
    facts: dict[str, Any] = {"names": [], "sheet": "", "format": found, "encoding": encoding}
    if found == "html":
        yield facts | {"remarks": remarks}
        yield from _bounded(html_tables.read(text), limits)
        return
    delimiter, more, lines = delimited.read(text, limits)
    yield facts | {"delimiter": delimiter, "remarks": [*remarks, *more]}
    yield from _bounded(lines, limits)


def _bounded(rows: Iterable[tuple[int, list[Any]]], limits: Limits) -> Iterator[tuple[int, list[Any]]]:
    """The rows that hold anything, without empty cells at their end, as long as they are not too many."""
    kept, cells_left = 0, limits.cells
    for number, cells in rows:
        while cells and cells[-1] is None:
            cells.pop()
        if not cells:
            continue
        kept, cells_left = kept + 1, cells_left - len(cells)
        if len(cells) > limits.columns:
            raise _too_many(f"列数超过 {limits.columns:,}", f"more than {limits.columns:,} columns")
        if kept > limits.rows:
            raise _too_many(f"行数超过 {limits.rows:,}", f"more than {limits.rows:,} rows")
        if cells_left < 0:
            raise _too_many(f"单元格超过 {limits.cells:,} 个", f"more than {limits.cells:,} cells")
        yield number, cells


def _too_many(zh: str, en: str) -> ParseFailed:
    return ParseFailed(
        f"表格{zh}，没有读取。请拆分后再上传。",
        f"The table has {en} and was not read. Split it and upload again.",
        kind="output",
    )


def too_large(limits: Limits) -> ParseFailed:
    """The failure for a file larger than may be read at all."""
    megabytes = limits.unpacked_bytes // (1024 * 1024)
    return ParseFailed(
        f"文件超过 {megabytes} MB，没有读取。请拆分后再上传。",
        f"The file is larger than {megabytes} MB and was not read. Split it and upload again.",
        kind="output",
    )
