"""The file of rejects: the rows that were not taken, as they stood, with the reason in both languages."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.conf import settings

from goodword.base.documents.export import Target, write_csv

from ..models import LedgerRun
from .files import sheet_of

REASONS = ("行号/row", "原因", "reason")


def write_rejects(run: LedgerRun, target: Target) -> int:
    """Write the rejected rows of a run as separated values that Excel reads; returns how many.

    The row's number and the reasons come first, then the file's own columns, so that the rows can be put right and
    brought in again with the same map. Their words come from the file that was kept.
    """
    rejects = {reject.number: reject for reject in run.rejects.all()}
    sheet = sheet_of(run.file, name=run.name)
    rows = (
        [number, rejects[number].reason_zh, rejects[number].reason_en, *cells]
        for number, cells in zip(sheet.numbers, sheet.rows, strict=True)
        if number in rejects
    )
    write_csv(target, [*REASONS, *sheet.header], rows, tz=ZoneInfo(settings.TIME_ZONE))
    return len(rejects)
