"""Moments as people and systems write them into tables."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta, tzinfo

SERIAL_DAY_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001 - a workbook's day count knows no zone
SERIALS = (20_000.0, 80_000.0)  # 1954 to 2119; figures outside are ids or amounts
YEARS = (1900, 2200)
HALF_SECOND = timedelta(milliseconds=500)

DAY = r"(?P<year>\d{4})\s*[-/.年]\s*(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})\s*[日号]?"
WEEKDAY = r"(?:\s*\(?(?:星期|周)[一二三四五六日天]\)?)?"
HALF = r"(?P<{}>上午|下午|早上|凌晨|中午|晚上|am|pm)?"
SECOND = r"(?P<second>\d{1,2})(?:[.,]\d{1,9})?\s*秒?"
HOUR = r"(?P<hour>\d{1,2})\s*(?::|时|点)\s*(?:(?P<minute>\d{1,2})\s*分?(?::?\s*" + SECOND + r")?)?"
ZONE = r"(?P<zone>z|[+-]\d{2}:?\d{2})?"
WRITTEN = re.compile(
    rf"{DAY}{WEEKDAY}(?:[t\s,]*{HALF.format('half')}\s*{HOUR}\s*{HALF.format('half_after')}\s*{ZONE})?",
    re.IGNORECASE,
)
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?")
FIGURE = re.compile(r"\d{5}(?:\.\d+)?")
LONGEST = 60
AFTER_NOON = ("下午", "晚上", "pm")


def parse_moment(value: object, tz: tzinfo) -> datetime | None:
    """The moment a cell means, aware; None when it means none or could mean two.

    value: datetime, date, a workbook's day count, or text such as 2020/1/6 12:09:38, 2019-12-01 08:30,
    2020年1月6日 下午3:09, 20200106120938, 2020-01-06T04:09:38Z. tz: the zone of what names none itself.
    Day and month in another order than year-month-day are refused: 1/6/2020 is two different days.
    """
    try:
        found = _parse(value)
        return found.replace(tzinfo=tz) if found is not None and found.tzinfo is None else found
    except (ValueError, OverflowError):
        return None


def looks_like_moment(value: object) -> bool:
    """Whether a cell is plainly a moment: typed as one or written with separators (a bare figure is not)."""
    if isinstance(value, date):
        return True
    try:
        return isinstance(value, str) and _written(value) is not None
    except ValueError:
        return False


def _parse(value: object) -> datetime | None:
    if isinstance(value, datetime):
        return _whole(value)
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)  # noqa: DTZ001 - the caller names the zone
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return _serial(float(value)) or (_compact(str(value)) if isinstance(value, int) else None)
    if isinstance(value, str):
        return _written(value) or _bare(value)
    return None


def _whole(value: datetime) -> datetime:
    """To the nearest second: day counts are binary fractions, 12:09:37.999997 is 12:09:38."""
    value += HALF_SECOND
    return value.replace(microsecond=0)


def _serial(value: float) -> datetime | None:
    if not SERIALS[0] <= value <= SERIALS[1]:
        return None
    return _whole(SERIAL_DAY_ZERO + timedelta(days=value))


def _bare(value: str) -> datetime | None:
    value = value.strip()
    return _serial(float(value)) if FIGURE.fullmatch(value) else _compact(value)


def _compact(value: str) -> datetime | None:
    match = COMPACT.fullmatch(value)
    if not match:
        return None
    return _checked([int(part or 0) for part in match.groups()])


def _written(value: str) -> datetime | None:
    if len(value) > LONGEST:
        return None
    match = WRITTEN.fullmatch(unicodedata.normalize("NFKC", value).strip())
    if not match:
        return None
    part = match.groupdict()
    hour = int(part["hour"] or 0)
    half = (part["half"] or part["half_after"] or "").lower()
    if half in AFTER_NOON and hour < 12:
        hour += 12
    elif half in ("am", "凌晨", "上午") and hour == 12:
        hour = 0
    figures = (part["year"], part["month"], part["day"], hour, part["minute"], part["second"])
    found = _checked([int(figure or 0) for figure in figures])
    zone = part["zone"]
    return found if zone is None else found.replace(tzinfo=_zone(zone))


def _checked(parts: list[int]) -> datetime:
    """The naive moment of year, month, day, hour, minute, second. Raises ValueError for what is none."""
    year, month, day, hour, minute, second = parts
    if not YEARS[0] <= year < YEARS[1]:
        raise ValueError(year)
    midnight = (hour, minute, second) == (24, 0, 0)  # the end of the day, as some systems write it
    found = datetime(year, month, day, 0 if midnight else hour, minute, second)  # noqa: DTZ001 - zone comes later
    return found + timedelta(days=1) if midnight else found


def _zone(written: str) -> tzinfo | None:
    return datetime.fromisoformat("2000-01-01T00:00:00" + written.upper()).tzinfo
