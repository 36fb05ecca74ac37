"""A stretch of a calendar, resolved from the clock on the wall to seconds of UTC.

One definition carries daylight saving: the office is open at an instant when the wall clock there reads
a time inside one of that date's windows. So an hour the clock skips is not open time, an hour it
repeats counts twice, and a window over a change of clocks has its real length. (Where a window begins
or ends inside the repeated hour, it is in force on both readings.)
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from goodword.base.worktime.document import Document

DAY = 86400


class Table(NamedTuple):
    """The open time in [lo, hi), UTC seconds, as parallel lists with prefix sums.

    Index 0 is an empty window at `lo`, so that every instant of the stretch has a window at or before
    it; `before[i]` is the open time ahead of window i, `total` that of the whole stretch. `days` are the
    local days (since 1970-01-01) with any open time, `day_closes` the instants their hours end.
    """

    lo: int
    hi: int
    opens: list[int]
    closes: list[int]
    before: list[int]
    total: int
    days: list[int]
    day_closes: list[int]

    def work(self, at: int) -> int:
        """Open seconds from `lo` to `at` (lo <= at <= hi)."""
        i = bisect_right(self.opens, at) - 1
        return self.before[i] + min(at, self.closes[i]) - self.opens[i]


EMPTY = Table(0, 0, [0], [0], [0], 0, [], [])


def compile_stretch(document: Document, first: int, last: int) -> Table:
    """The table of the UTC days first … last-1 (days since 1970-01-01)."""
    lo, hi = first * DAY, last * DAY
    opens, closes = [lo], [lo]
    day_closes: dict[int, int] = {}
    for day, start, end in _open_spans(document, lo, hi):
        if start == closes[-1] and len(opens) > 1:
            closes[-1] = end
        else:
            opens.append(start)
            closes.append(end)
        # Only days that lie wholly inside the stretch, whatever the zone's distance from UTC.
        if first < day < last - 1:
            day_closes[day] = max(end, day_closes.get(day, end))
    before = [0]
    for i in range(len(opens) - 1):
        before.append(before[i] + closes[i] - opens[i])
    days = sorted(day_closes)
    total = before[-1] + closes[-1] - opens[-1]
    return Table(lo, hi, opens, closes, before, total, days, [day_closes[day] for day in days])


def offset_at(zone: ZoneInfo, at: int) -> int:
    """Seconds the zone's wall clock is ahead of UTC at the instant `at`."""
    offset = datetime.fromtimestamp(at, zone).utcoffset()
    assert offset is not None  # every ZoneInfo knows its offset
    return offset.days * DAY + offset.seconds


def _open_spans(document: Document, lo: int, hi: int) -> Iterator[tuple[int, int, int]]:
    """(local day, opening, closing) of every open span in [lo, hi), in order, in UTC seconds."""
    for start, end, offset in _constant_offsets(document.zone, lo, hi):
        wall_start, wall_end = start + offset, end + offset
        for day in range(wall_start // DAY, (wall_end - 1) // DAY + 1):
            midnight = day * DAY
            for window_opens, window_closes in document.windows(day):
                opens = max(midnight + window_opens, wall_start)
                closes = min(midnight + window_closes, wall_end)
                if opens < closes:
                    yield day, opens - offset, closes - offset


def _constant_offsets(zone: ZoneInfo, lo: int, hi: int) -> Iterator[tuple[int, int, int]]:
    """Cut [lo, hi) where the zone's offset changes. Two changes within one day that cancel are not seen."""
    start, offset = lo, offset_at(zone, lo)
    for at in range(lo, hi, DAY):
        following = offset_at(zone, at + DAY)
        if following != offset:
            change = _change_between(zone, at, at + DAY)
            yield start, change, offset
            start, offset = change, following
    if start < hi:
        yield start, hi, offset


def _change_between(zone: ZoneInfo, earlier: int, later: int) -> int:
    """The first instant of the new offset in (earlier, later], by halving."""
    old = offset_at(zone, earlier)
    while later - earlier > 1:
        middle = (earlier + later) // 2
        if offset_at(zone, middle) == old:
            earlier = middle
        else:
            later = middle
    return later
