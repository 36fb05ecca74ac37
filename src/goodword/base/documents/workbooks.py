"""Rows of a workbook (.xlsx, .xlsm, .xlsb, .xls, .ods), in the confined child."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

import python_calamine as calamine

from goodword.base.documents.archives import broken, locked
from goodword.base.documents.failures import ParseFailed
from goodword.base.documents.text import tidy


def read(data: bytes, *, sheet: str | None) -> tuple[list[str], str, Iterator[tuple[int, list[Any]]]]:
    """The sheets' names, the name of the one read, and its rows as (row number from 1, cells).

    sheet: which to read; None for the first visible one that holds anything. A moment is {"at": ISO text}.
    """
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        chosen = _choose(book, sheet)
    except calamine.PasswordError as failure:
        raise locked() from failure
    except (calamine.CalamineError, OSError) as failure:
        raise broken(detail=type(failure).__name__) from failure
    return list(book.sheet_names), chosen.name, _rows(chosen)


def _choose(book: calamine.CalamineWorkbook, sheet: str | None) -> calamine.CalamineSheet:
    if sheet is not None:
        if sheet not in book.sheet_names:
            raise ParseFailed(f"没有名为“{sheet}”的工作表。", f"There is no sheet named “{sheet}”.")
        return book.get_sheet_by_name(sheet)
    visible = [
        about.name for about in book.sheets_metadata if about.visible == calamine.SheetVisibleEnum.Visible
    ]
    for name in visible or book.sheet_names:
        found = book.get_sheet_by_name(name)
        if found.start is not None:
            return found
    raise ParseFailed("工作簿里没有内容。", "The workbook holds nothing.", kind="empty")


def _rows(sheet: calamine.CalamineSheet) -> Iterator[tuple[int, list[Any]]]:
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        yield number, [_cell(value) for value in cells]


def _cell(value: object) -> Any:
    if isinstance(value, str):
        return tidy(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return _figure(value)
    if isinstance(value, datetime | date):
        return {"at": value.isoformat()}
    if isinstance(value, time | timedelta):
        return str(value)
    return value


def _figure(value: float) -> int | float | str:
    """Workbooks keep every number as a float; ids and phone numbers are whole."""
    if not math.isfinite(value):
        return str(value)
    return int(value) if value.is_integer() and abs(value) < 2**53 else value
