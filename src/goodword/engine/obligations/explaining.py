"""Why a due time is what it is: the steps from the start to the deadline, in words."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from goodword.base.worktime.calendar import Calendar

from .values import Obligation

UNITS = {
    "s": ("秒", "seconds"),
    "min": ("分钟", "minutes"),
    "h": ("小时", "hours"),
    "wmin": ("工作分钟", "working minutes"),
    "wh": ("工作小时", "working hours"),
    "wd": ("个工作日", "working days"),
}
WEEKDAYS = ("一", "二", "三", "四", "五", "六", "日")
MOST_DAYS = 45


def why(obligation: Obligation, calendar: Calendar, *, zone: ZoneInfo) -> list[tuple[str, str]]:
    """[(zh, en)]: when it started, what it allows, which days were skipped or worked, pauses, when it is due."""
    start, due = obligation.started_at.astimezone(zone), obligation.due_at.astimezone(zone)
    steps = [(f"{start:%m-%d %H:%M} 开始", f"Started {start:%d %b %H:%M}")]
    if obligation.unit in UNITS:
        zh, en = UNITS[obligation.unit]
        steps.append((f"允许 {obligation.amount} {zh}", f"{obligation.amount} {en} allowed"))
    if obligation.unit in {"wmin", "wh", "wd"}:
        steps += _days(start, due, calendar)
    for begin, end in obligation.pauses:
        steps.append(_pause(begin.astimezone(zone), end.astimezone(zone) if end else None))
    steps.append((f"{due:%m-%d %H:%M} 到期", f"Due {due:%d %b %H:%M}"))
    if obligation.provisional:
        steps.append(
            (
                "明年放假安排尚未公布,到期时间暂定",
                "Next year's holidays are not out yet: this due time is provisional",
            )
        )
    return steps


def _days(start: datetime, due: datetime, calendar: Calendar) -> list[tuple[str, str]]:
    """The days between that are not what their weekday suggests, and the weekends skipped."""
    steps = []
    day = start.date()
    while day <= due.date() and (day - start.date()).days <= MOST_DAYS:
        works, weekend = calendar.is_working_day(day), day.weekday() >= 5
        label = f"{day:%m-%d} 周{WEEKDAYS[day.weekday()]}"
        if works and weekend:
            steps.append((f"{label} 是调休上班日", f"{day:%a %d %b} is a make-up working day"))
        elif not works:
            steps.append((f"{label} 休息", f"{day:%a %d %b} is off"))
        day += timedelta(days=1)
    return steps


def _pause(begin: datetime, end: datetime | None) -> tuple[str, str]:
    until_zh = f"{end:%m-%d %H:%M}" if end else "至今"
    until_en = f"{end:%d %b %H:%M}" if end else "now"
    return f"{begin:%m-%d %H:%M} – {until_zh} 暂停计时", f"Clock stopped {begin:%d %b %H:%M} – {until_en}"
