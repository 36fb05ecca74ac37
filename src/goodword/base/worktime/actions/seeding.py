"""The calendars every installation starts with."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from goodword.base.worktime.actions.publishing import publish
from goodword.base.worktime.document import WEEKDAYS
from goodword.base.worktime.holidays_cn import OFFICE_HOURS, cn_document, with_statutory_days
from goodword.base.worktime.models import CalendarVersion, WorkCalendar


@transaction.atomic
def seed(*, at: datetime) -> list[CalendarVersion]:
    """Office, hotline and warehouse with China's statutory days, as version 1.

    A calendar that exists already is left alone; returns the versions written, none the second time.
    """
    written = []
    for code, name_zh, name_en, document in _calendars():
        _, made = WorkCalendar.objects.get_or_create(
            code=code, defaults={"name_zh": name_zh, "name_en": name_en}
        )
        if made:
            written.append(publish(code, document=document, note="初始日历 Initial calendar", at=at))
    return written


def _calendars() -> list[tuple[str, str, str, dict[str, Any]]]:
    six_days = dict.fromkeys(WEEKDAYS[:6], OFFICE_HOURS)
    always = {"timezone": "Asia/Shanghai", "week": {day: [["00:00", "24:00"]] for day in WEEKDAYS}}
    return [
        ("office", "办公室", "Office", cn_document()),
        ("hotline", "客服热线", "Hotline", always),
        ("warehouse", "仓库", "Warehouse", with_statutory_days(six_days)),
    ]
