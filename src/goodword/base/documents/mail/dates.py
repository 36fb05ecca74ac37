"""The Date field as a moment in UTC, in the forms programs really write."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_tz

from goodword.base.documents.moments import parse_moment

FIRST_YEAR, YEARS_END = 1980, 2100
LONGEST = 100
NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
MONTHS = dict(zip(NUMERALS, NAMES, strict=True)) | {str(at): name for at, name in enumerate(NAMES, start=1)}
MONTH = re.compile(r"(?<![年/.-])\b(十[一二]|[一二三四五六七八九十]|1[0-2]|[1-9])月(?!\s*\d{1,2}\s*日)")
WEEKDAY = re.compile(r"(?:星期|周|週)[一二三四五六日天][,，]?")
DOTS = re.compile(r"(\d{1,2})\.(\d{2})\.(\d{2})(?=\s|$)")
ASIDE = re.compile(r"\([^()]*\)")


def parse(written: str) -> datetime | None:
    """The moment, in UTC; what names no zone is taken as UTC. None for what cannot be read or cannot be true."""
    written = WEEKDAY.sub(" ", MONTH.sub(lambda found: f" {MONTHS[found[1]]} ", written[:LONGEST])).strip()
    return _standard(written) or _standard(DOTS.sub(r"\1:\2:\3", ASIDE.sub("", written))) or _written(written)


def _standard(written: str) -> datetime | None:
    try:
        parts = parsedate_tz(written)
        if parts is None or written[:4].isdigit():  # 2020-01-06 is no day called 2020
            return None
        year, month, day, hour, minute, second = parts[:6]
        offset = parts[9] or 0
        midnight = (hour, minute) == (24, 0)
        found = datetime(year, month, day, 0 if midnight else hour, minute, min(second, 59), tzinfo=UTC)
        return _true(found + timedelta(days=midnight) - timedelta(seconds=offset))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _written(written: str) -> datetime | None:
    written = ASIDE.sub("", written).replace("GMT", "").replace("UTC", "Z").strip()
    return _true(parse_moment(re.sub(r"\s+(?=[+-]\d{2}:?\d{2}$)", "", written), UTC))


def _true(found: datetime | None) -> datetime | None:
    if found is None or not FIRST_YEAR <= found.year < YEARS_END:
        return None
    return found.astimezone(UTC)
