"""A year's holidays and make-up days, from the State Council's notice typed or pasted as rows."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from goodword.base.worktime.actions.publishing import publish
from goodword.base.worktime.errors import WorktimeError
from goodword.base.worktime.models import CalendarVersion
from goodword.base.worktime.queries import current

_KINDS = {
    "holiday": "holiday",
    "假": "holiday",
    "放假": "holiday",
    "work": "work",
    "班": "work",
    "调休上班": "work",
}


def import_year(
    code: str,
    *,
    year: int,
    rows: str | Iterable[Mapping[str, str]],
    at: datetime,
    make_up_hours: list[list[str]] | None = None,
) -> CalendarVersion:
    """Publish a version of `code` with the statutory days of `year` replaced by `rows`.

    rows: mappings, or their JSON list or CSV with a header, with `date` (YYYY-MM-DD), `kind` (holiday or
    work; 放假 or 调休上班) and optionally `name`. A make-up day has `make_up_hours`, by default Monday's.
    Only dates of `year` are touched; `known_until` moves to the end of it when that is later.
    """
    version, _ = current(code)
    document = with_year(version.document, year=year, rows=rows, make_up_hours=make_up_hours)
    return publish(code, document=document, note=f"{year} 年节假日 Holidays of {year}", at=at)


def with_year(
    document: Mapping[str, Any],
    *,
    year: int,
    rows: str | Iterable[Mapping[str, str]],
    make_up_hours: list[list[str]] | None = None,
) -> dict[str, Any]:
    """The calendar's document as `import_year` would publish it. Pure. Raises WorktimeError."""
    hours = document.get("week", {}).get("mon", []) if make_up_hours is None else make_up_hours
    kept = {day: windows for day, windows in document.get("dates", {}).items() if day[:4] != f"{year:04}"}
    names = {day: name for day, name in document.get("names", {}).items() if day[:4] != f"{year:04}"}
    for day, kind, name in _checked(rows, year):
        kept[day] = [] if kind == "holiday" else hours
        names[day] = name or ("放假" if kind == "holiday" else "调休上班")
    known = max(str(document.get("known_until") or ""), f"{year:04}-12-31")
    changed = {
        "dates": dict(sorted(kept.items())),
        "names": dict(sorted(names.items())),
        "known_until": known,
    }
    return {**document, **changed}


def _checked(rows: str | Iterable[Mapping[str, Any]], year: int) -> list[tuple[str, str, str]]:
    """(date, kind, name) of every row; the first bad one is refused with its number."""
    found: dict[str, tuple[str, str, str]] = {}
    for number, row in enumerate(_read(rows), start=1):
        day, kind = str(row.get("date") or "").strip(), _KINDS.get(str(row.get("kind") or "").strip())
        if kind is None:
            raise _bad_row(number, "kind 应为 holiday 或 work", "kind must be holiday or work")
        try:
            if date.fromisoformat(day).year != year:
                raise _bad_row(number, f"日期不在 {year} 年", f"the date is not in {year}")
        except ValueError as broken:
            raise _bad_row(number, f"日期无效:{day}", f"bad date: {day}") from broken
        if day in found:
            raise _bad_row(number, f"日期重复:{day}", f"the date comes twice: {day}")
        found[day] = (day, kind, str(row.get("name") or "").strip())
    if not found:
        raise WorktimeError("没有任何节假日。", "There are no rows to import.")
    return list(found.values())


def _read(rows: str | Iterable[Mapping[str, Any]]) -> Iterable[Mapping[str, Any]]:
    if not isinstance(rows, str):
        return rows
    text = rows.lstrip("\ufeff").strip()
    if not text.startswith("["):
        return csv.DictReader(io.StringIO(text))
    try:
        parsed = json.loads(text)
    except ValueError as broken:
        raise WorktimeError("不是有效的 JSON。", "Not valid JSON.") from broken
    if not all(isinstance(row, Mapping) for row in parsed):
        raise WorktimeError("每一行必须是一个对象。", "Each row must be a JSON object.")
    return list(parsed)


def _bad_row(number: int, zh: str, en: str) -> WorktimeError:
    return WorktimeError(f"第 {number} 行:{zh}。", f"Row {number}: {en}.")
