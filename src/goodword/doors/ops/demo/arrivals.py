"""When customers come: more on working days, most in the evening before a stream, fewest before dawn."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

BY_WEEKDAY = (11, 10, 10, 11, 13, 12, 9)
BY_HOUR = (2, 1, 1, 0.5, 0.5, 0.5, 1, 2, 5, 9, 11, 10, 7, 7, 9, 9, 9, 9, 8, 10, 11, 9, 6, 3)
SALES_DAYS = {(6, 18), (11, 11), (12, 12)}
"""Days of the shopping festivals: twice as much around them."""


def arrivals(count: int, *, luck: Random, since: datetime, until: datetime, zone: ZoneInfo) -> list[datetime]:
    """`count` moments between the two, in order."""
    first, last = since.astimezone(zone).date(), until.astimezone(zone).date()
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    weights = [_weight(day) for day in days]
    found: list[datetime] = []
    while len(found) < count:
        day = luck.choices(days, weights)[0]
        hour = luck.choices(range(24), BY_HOUR)[0]
        at = datetime.combine(day, time(hour, luck.randrange(60), luck.randrange(60)), zone)
        if since <= at < until:
            found.append(at)
    return sorted(found)


def _weight(day: date) -> float:
    weight = float(BY_WEEKDAY[day.weekday()])
    near = any(abs((day - date(day.year, month, number)).days) <= 2 for month, number in SALES_DAYS)
    return weight * 2 if near else weight
