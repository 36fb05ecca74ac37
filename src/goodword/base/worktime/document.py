"""The calendar document: a JSON object that says when an office is open.

    {"timezone": "Asia/Shanghai",
     "week": {"mon": [["09:00", "12:00"], ["13:30", "18:00"]]},      week days left out are closed
     "dates": {"2026-02-14": [["09:00", "18:00"]], "2026-02-16": []}, a date replaces its week day
     "known_until": "2026-12-31",   optional: the last day whose statutory holidays are published
     "names": {"2026-02-16": "春节"}}                                 optional, for people

A holiday is a date without windows, a make-up working day a date with windows. "24:00" is the end of
the day. `parse` checks everything and refuses with a sentence rather than guess.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from goodword.base.worktime.errors import CalendarError

Window = tuple[int, int]
"""Opening and closing in seconds after local midnight by the clock on the wall; closing is exclusive."""

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
EPOCH_ORDINAL = date(1970, 1, 1).toordinal()

_FIELDS = {"timezone", "week", "dates", "known_until", "names"}
_CLOCK = re.compile(r"(\d\d):(\d\d)(?::(\d\d))?", re.ASCII)
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_MIDNIGHT_END = 86400


@dataclass(frozen=True, slots=True)
class Document:
    """A checked calendar document. Days are counted from 1970-01-01, windows sorted and disjoint."""

    zone: ZoneInfo
    week: tuple[tuple[Window, ...], ...]
    dates: Mapping[int, tuple[Window, ...]]
    known_until: date | None
    names: Mapping[date, str]

    def windows(self, day: int) -> tuple[Window, ...]:
        """The windows of the local day `day` (days since 1970-01-01, a Thursday)."""
        special = self.dates.get(day)
        return self.week[(day + 3) % 7] if special is None else special

    @property
    def opened_days(self) -> tuple[int, int] | None:
        """The first and last open day of a calendar that opens on listed dates only; None: every week."""
        if any(self.week):
            return None
        days = [day for day, windows in self.dates.items() if windows]
        return min(days), max(days)


def parse(document: Mapping[str, Any]) -> Document:
    """Check a calendar document (shape above) and return it ready to compile; raises CalendarError."""
    if not isinstance(document, Mapping):
        raise CalendarError("日历必须是一个对象。", "A calendar must be a JSON object.")
    unknown = sorted(set(map(str, document)) - _FIELDS)
    if unknown:
        raise CalendarError(
            f"日历含有未知字段:{'、'.join(unknown)}。", f"Unknown calendar field: {', '.join(unknown)}."
        )
    week = _week(document.get("week", {}))
    dates = _dates(document.get("dates", {}))
    if not any(week) and not any(dates.values()):
        raise CalendarError("日历没有任何开放时间。", "The calendar never opens.")
    return Document(
        zone=_zone(document.get("timezone")),
        week=week,
        dates=dates,
        known_until=_known_until(document.get("known_until")),
        names=_names(document.get("names", {})),
    )


def canonical(document: Mapping[str, Any]) -> str:
    """One string per content, whatever the order of keys: the key of the compiled calendars."""
    try:
        return json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    except (TypeError, ValueError) as broken:
        raise CalendarError("日历不是有效的 JSON。", "The calendar is not valid JSON.") from broken


def _zone(name: object) -> ZoneInfo:
    if not isinstance(name, str) or not name:
        raise CalendarError("日历缺少时区(timezone)。", "The calendar lacks its timezone.")
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as unknown:  # missing, malformed, or a folder of zones
        raise CalendarError(f"未知时区:{name}。", f"Unknown time zone: {name}.") from unknown


def _week(week: object) -> tuple[tuple[Window, ...], ...]:
    table = _object(week, "week")
    for name in table:
        if name not in WEEKDAYS:
            raise CalendarError(
                f"未知的星期:{name},应为 mon 至 sun。", f"Unknown week day: {name}; use mon to sun."
            )
    return tuple(_windows(table.get(name, []), name) for name in WEEKDAYS)


def _dates(dates: object) -> dict[int, tuple[Window, ...]]:
    return {
        _date(text, "dates").toordinal() - EPOCH_ORDINAL: _windows(windows, text)
        for text, windows in _object(dates, "dates").items()
    }


def _names(names: object) -> dict[date, str]:
    return {_date(text, "names"): str(name) for text, name in _object(names, "names").items()}


def _known_until(text: object) -> date | None:
    return None if text is None else _date(text, "known_until")


def _object(value: object, field: str) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        raise CalendarError(f"{field} 必须是一个对象。", f"{field} must be a JSON object.")
    return value


def _date(text: object, field: str) -> date:
    try:
        if isinstance(text, str) and _DATE.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass  # a well-formed date that does not exist gets the same sentence
    raise CalendarError(
        f"{field} 中的日期无效:{text},应为 YYYY-MM-DD。", f"Bad date in {field}: {text}; use YYYY-MM-DD."
    )


def _windows(windows: object, where: str) -> tuple[Window, ...]:
    """The day's windows, sorted; touching ones become one, overlapping ones are refused."""
    if not isinstance(windows, list | tuple):
        raise CalendarError(f"{where} 的时段必须是列表。", f"The windows of {where} must be a list.")
    merged: list[Window] = []
    for opens, closes in sorted(_window(window, where) for window in windows):
        if merged and opens < merged[-1][1]:
            raise CalendarError(f"{where} 的时段互相重叠。", f"The windows of {where} overlap.")
        if merged and opens == merged[-1][1]:
            merged[-1] = (merged[-1][0], closes)
        else:
            merged.append((opens, closes))
    return tuple(merged)


def _window(window: object, where: str) -> Window:
    if not isinstance(window, list | tuple) or len(window) != 2:
        raise CalendarError(
            f"{where} 的每个时段应为 [开始, 结束]。", f"Each window of {where} must be [opening, closing]."
        )
    opens, closes = (_clock(text, where) for text in window)
    if closes <= opens:
        raise CalendarError(
            f"{where} 的时段 {window[0]}–{window[1]} 结束不晚于开始;跨午夜请拆成两天。",
            f"On {where} the window {window[0]}–{window[1]} does not end after it starts;"
            " split a night shift at midnight.",
        )
    return opens, closes


def _clock(text: object, where: str) -> int:
    """Seconds after midnight of "HH:MM" or "HH:MM:SS", up to "24:00"."""
    match = _CLOCK.fullmatch(text) if isinstance(text, str) else None
    if match:
        hours, minutes, seconds = (int(part or 0) for part in match.groups())
        total = hours * 3600 + minutes * 60 + seconds
        if minutes < 60 and seconds < 60 and total <= _MIDNIGHT_END:
            return total
    raise CalendarError(
        f"{where} 的时间无效:{text},应为 HH:MM。", f"Bad time of day on {where}: {text}; use HH:MM."
    )
