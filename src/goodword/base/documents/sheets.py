"""Read a table somebody uploaded: workbook, separated values or an exported web page, in a confined child."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from goodword.base.documents import headings
from goodword.base.documents.confined import read_table
from goodword.base.documents.failures import ParseFailed, Remark
from goodword.base.documents.limited import run
from goodword.base.documents.limits import Limits

Cell = str | datetime | int | float | None


@dataclass(slots=True)
class Sheet:
    """One table as read. Rows are at least as long as the header; a longer one keeps its extra cells.

    numbers: for each row the row (in a text file: line) it began on, from 1, as its owner sees it.
    Moments are naive, as the file has them; `moments.parse_moment` gives them a zone.
    """

    names: list[str]
    name: str
    header: list[str]
    rows: list[list[Cell]]
    numbers: list[int]
    format: str
    encoding: str = ""
    delimiter: str = ""
    warnings: list[Remark] = field(default_factory=list)


def read_sheet(
    source: bytes | str | Path, filename: str = "", limits: Limits | None = None, *, sheet: str | None = None
) -> Sheet:
    """Read the table in `source` (bytes, or the path of a file), whatever its name claims.

    filename: as its owner called it, used in remarks only. sheet: which of a workbook's; None for the first
    visible one that holds anything. Raises ParseFailed with a sentence for the person.
    """
    facts, *lines = run(read_table, source, limits=limits, sheet=sheet)
    rows = [[_cell(value) for value in cells] for _, cells in lines]
    numbers = [number for number, _ in lines]
    if not rows:
        raise ParseFailed("表格里没有内容。", "The table holds nothing.", kind="empty")
    warnings = [Remark(*remark) for remark in facts.get("remarks", ())]
    header, first = _header(rows, warnings)
    body = rows[first:]
    _straighten(body, len(header), numbers[first:], warnings)
    _note_name(filename, facts["format"], warnings)
    return Sheet(
        names=facts["names"],
        name=facts["sheet"],
        header=header,
        rows=body,
        numbers=numbers[first:],
        format=facts["format"],
        encoding=facts.get("encoding", ""),
        delimiter=facts.get("delimiter", ""),
        warnings=warnings,
    )


def _cell(value: Any) -> Cell:
    if isinstance(value, dict):
        return datetime.fromisoformat(value["at"])
    cell: Cell = value
    return cell


def _header(rows: list[list[Cell]], warnings: list[Remark]) -> tuple[list[str], int]:
    """The headings and the index of the first row below them."""
    at = headings.find(rows)
    if at is None:
        warnings.append(Remark("没有找到标题行，按列序号读取。", "No row of headings; columns are numbered."))
        return [f"第{number}列" for number in range(1, max(map(len, rows)) + 1)], 0
    if at:
        warnings.append(
            Remark(f"标题行之前的 {at} 行已略过。", f"{at} rows above the headings were skipped.")
        )
    return ["" if cell is None else str(cell) for cell in rows[at]], at + 1


def _straighten(rows: list[list[Cell]], width: int, numbers: list[int], warnings: list[Remark]) -> None:
    """Fill short rows up to the header; tell of those that are longer."""
    longer = [number for row, number in zip(rows, numbers, strict=True) if len(row) > width]
    for row in rows:
        row.extend([None] * (width - len(row)))
    if longer:
        first = longer[0]
        warnings.append(
            Remark(
                f"有 {len(longer)} 行的单元格多于标题（第一处在第 {first} 行）。",
                f"{len(longer)} rows hold more cells than there are headings (the first is row {first}).",
            )
        )


def _note_name(filename: str, found: str, warnings: list[Remark]) -> None:
    suffix = Path(filename).suffix.lower()
    if suffix.startswith((".xls", ".ods")) and found != "workbook":
        shown = {"html": ("网页表格", "a web page"), "text": ("文本", "separated text")}[found]
        warnings.append(
            Remark(f"文件名是 {suffix}，内容是{shown[0]}；已按内容读取。",
                   f"The name says {suffix}, the content is {shown[1]}; it was read as that.")
        )  # fmt: skip
