"""Working time the plain way, for judging the product: walk the days, cut out the pauses, count. Nothing of ours inside.

Moments are cut to whole seconds, as the regulation's clocks are.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

Span = tuple[datetime, datetime]
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
NATURAL = {"s": SECOND, "min": timedelta(minutes=1), "h": timedelta(hours=1)}
WORKING = {"wmin": timedelta(minutes=1), "wh": timedelta(hours=1)}


def windows(document: dict[str, Any], day: date) -> list[Span]:
    """The open spans of a local day."""
    zone = ZoneInfo(document["timezone"])
    listed = document.get("dates", {}).get(day.isoformat())
    if listed is None:
        listed = document.get("week", {}).get(WEEKDAYS[day.weekday()], [])
    midnight = datetime.combine(day, time(), zone)
    return sorted((midnight + _clock(opens), midnight + _clock(closes)) for opens, closes in listed)


def is_open(document: dict[str, Any], at: datetime) -> bool:
    """Whether the moment lies inside a window."""
    at = whole(at)
    local = at.astimezone(ZoneInfo(document["timezone"])).date()
    return any(opens <= at < closes for opens, closes in windows(document, local))


def whole(at: datetime) -> datetime:
    """The moment without its fraction of a second."""
    return at.replace(microsecond=0)


def due(
    document: dict[str, Any], start: datetime, amount: int, unit: str, pauses: list[Span] | None = None
) -> datetime:
    """When `amount` of `unit` from `start` is used up, the clock standing still in the pauses."""
    start = whole(start)
    still = sorted((whole(a), whole(b)) for a, b in pauses or [])
    if unit in NATURAL:
        return _natural(start, amount * NATURAL[unit], still)
    if unit in WORKING:
        return _worked(document, start, amount * WORKING[unit], still)
    return _working_days(document, start, amount, still)


def worked(document: dict[str, Any], start: datetime, end: datetime, pauses: list[Span]) -> timedelta:
    """The open time between two moments, pauses out."""
    return sum((b - a for a, b in _running(document, whole(start), pauses, until=end)), timedelta())


def _natural(start: datetime, length: timedelta, still: list[Span]) -> datetime:
    at = start
    for begin, end in still:
        if end <= at:
            continue
        if at + length <= begin:
            break
        length -= max(begin - at, timedelta())
        at = end
    return at + length


def _worked(document: dict[str, Any], start: datetime, length: timedelta, still: list[Span]) -> datetime:
    if not length:
        return start
    for begin, end in _running(document, start, still):
        if end - begin >= length:
            return begin + length
        length -= end - begin
    raise AssertionError("an endless calendar ended")


def _working_days(document: dict[str, Any], start: datetime, days: int, still: list[Span]) -> datetime:
    day = start.astimezone(ZoneInfo(document["timezone"])).date()
    while days:
        day += DAY
        days -= bool(windows(document, day))
    closing = windows(document, day)[-1][1]
    at = closing
    while True:
        missed = worked(document, start, at, []) - worked(document, start, at, still)
        moved = _worked(document, closing, missed, []) if missed else closing
        if moved == at:
            return at
        at = moved


def _running(
    document: dict[str, Any], start: datetime, still: list[Span], *, until: datetime | None = None
) -> Iterator[Span]:
    """The open spans from `start` on, pauses cut out of them, in order."""
    day = start.astimezone(ZoneInfo(document["timezone"])).date()
    while until is None or day <= until.astimezone(ZoneInfo(document["timezone"])).date():
        for opens, closes in windows(document, day):
            begin, end = max(opens, start), closes if until is None else min(closes, until)
            for a, b in still:
                if a < end and b > begin:
                    if begin < a:
                        yield begin, a
                    begin = max(begin, b)
            if begin < end:
                yield begin, end
        day += DAY


def _clock(text: str) -> timedelta:
    hours, minutes = text.split(":")
    return timedelta(hours=int(hours), minutes=int(minutes))
