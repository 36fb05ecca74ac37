"""The list leaves as a file: CSV or a workbook, with the columns chosen, personal data masked unless a reason is given."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from goodword.base.documents.export import Table, write_csv, write_xlsx
from goodword.voice.cases.lists import exporting
from goodword.voice.cases.queries.obligations import pressing

from ...access import WebRequest, page
from ...templatetags.goodword_ui import t
from ..lists import columns as shown
from ..lists import fields
from ..lists.columns import Column, Row
from ..lists.filtering import Asked, asked_by, narrow
from ..lists.tabs import count_words, counted
from ..naming import Names

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@page(right="cases.export", methods="GET POST", one_fact=False)
def export(request: WebRequest) -> HttpResponseBase:
    """What would leave, and how; posted, the file. It is made first and written down, then handed out.

    Reading goes on beside everybody's writing: only the note of it is a transaction.
    """
    asked = asked_by(request.GET)
    columns = shown.chosen(asked.columns, request.actor)
    if request.method != "POST":
        return _form(request, asked, columns)
    form, reason = request.POST.get("form", ""), request.POST.get("reason", "").replace("\x00", "")
    is_clear = bool(request.POST.get("is_clear"))
    exporting.may_export(request.actor, form=form, is_clear=is_clear, reason=reason)
    numbers: list[int] = []
    content = written(form, columns, values(request, asked, columns, numbers, is_clear=is_clear))
    exporting.note(
        filters=asked.filters,
        columns=[column.code for column in columns],
        form=form,
        numbers=numbers,
        is_clear=is_clear,
        reason=reason,
        by=request.actor,
        at=request.now,
    )
    name = file_name(request, len(numbers), form)
    return FileResponse(content, as_attachment=True, filename=name, content_type=TYPES[form])


def values(
    request: WebRequest, asked: Asked, columns: list[Column], numbers: list[int], *, is_clear: bool
) -> Iterator[list[object]]:
    """The rows of the file, read as they are written; `numbers` takes the number of each."""
    names = Names(timezone.localtime(request.now).date())
    owes = any(column.code == "due" for column in columns)
    pages = exporting.pages(
        request.actor,
        narrow(asked, request.actor, now=request.now),
        read=shown.read_for(columns),
        oldest_first=asked.sort == "oldest",
        most=settings.GOODWORD_EXPORT_CASES,
    )
    for cases in pages:
        due = pressing([case.pk for case in cases]) if owes else {}
        for case in cases:
            numbers.append(case.number)
            row = Row(case, names, due.get(case.pk), is_clear=is_clear)
            yield [column.value(row) for column in columns]


def written(form: str, columns: list[Column], rows: Iterable[list[object]]) -> BinaryIO:
    """The file, open for reading; it has no name any more and is gone when it is closed."""
    header = [str(column.label) for column in columns]
    with tempfile.TemporaryDirectory(prefix="goodword-export-") as folder:
        path = Path(folder) / f"cases.{form}"
        if form == "csv":
            write_csv(path, header, rows, tz=ZoneInfo(settings.TIME_ZONE))
        else:
            write_xlsx(path, [Table(t("工单", "Cases"), header, rows)], tz=ZoneInfo(settings.TIME_ZONE))
        return path.open("rb")


def file_name(request: WebRequest, cases: int, form: str) -> str:
    """cases-20261128-0930.csv; one that stops at the limit says so in its name."""
    cut = f"-first-{cases}" if cases >= settings.GOODWORD_EXPORT_CASES else ""
    return f"cases-{timezone.localtime(request.now):%Y%m%d-%H%M}{cut}.{form}"


def _form(request: WebRequest, asked: Asked, columns: list[Column]) -> HttpResponse:
    pairs = fields.choices(Names(timezone.localtime(request.now).date()))
    count = counted(request.actor, [asked], now=request.now, looking_up=True)[0]
    context: dict[str, Any] = {
        "chips": [chip["label"] for chip in fields.chips(asked, pairs)],
        "columns": [column.label for column in columns],
        "count": count_words(count),
        "most": settings.GOODWORD_EXPORT_CASES,
        "forms": [("xlsx", t("Excel 工作簿（xlsx）", "Excel workbook (xlsx)")), ("csv", "CSV")],
        "may_reveal": request.actor.has("customers.reveal"),
        "typed": request.typed or {},
        "back": reverse("web:cases") + asked.query(),
    }
    return render(request, "web/cases/lists/export.html", context)
