"""The arithmetic on whole UTC seconds: one function to add, one to measure, and their relatives.

Open time is one long line. `Table.work` maps an instant to its place on that line, `due_s` and `before_s`
map back; everything else is additions in between. `due_s` takes the earliest instant of its place (a
deadline that falls exactly on closing time stays there), `before_s` the latest (the next opening).
"""

from __future__ import annotations

import threading
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from goodword.base.worktime.document import Document
from goodword.base.worktime.errors import WorktimeError
from goodword.base.worktime.pauses import Span, within
from goodword.base.worktime.table import DAY, EMPTY, Table, compile_stretch, offset_at

FIRST_DAY, LAST_DAY = -25567, 157054  # 1900-01-01 up to 2400-01-01, days since 1970-01-01
LONGEST = (LAST_DAY - FIRST_DAY) * DAY
_FIRST_STRETCH = 64  # days compiled at first; each extension doubles what there is


class SecondsCalendar:
    """A calendar document compiled for arithmetic on UTC seconds; safe to share between threads.

    Tables are never changed, only replaced by longer ones, so a reader that holds one is never surprised.
    `pauses` are merged spans (see `pauses.merged`).
    """

    __slots__ = ("_lock", "_table", "document")

    def __init__(self, document: Document) -> None:
        self.document = document
        self._table = EMPTY
        self._lock = threading.Lock()

    def due_s(self, start: int, seconds: int, pauses: Sequence[Span] = ()) -> int:
        """The instant by which `seconds` of open time after `start`, pauses left out, are used up."""
        lo, hi, opens, closes, before, total, _, _ = self._table
        if pauses or seconds <= 0 or not lo <= start < hi:
            return self._due_with_care(start, seconds, pauses)
        i = bisect_right(opens, start) - 1
        close = closes[i]
        place = before[i] + (start if start < close else close) - opens[i] + seconds
        if place > total:
            return self._due_with_care(start, seconds, pauses)
        i = bisect_left(before, place, i + 1) - 1
        return opens[i] + place - before[i]

    def elapsed_s(self, start: int, end: int, pauses: Sequence[Span] = ()) -> int:
        """Open seconds from `start` to `end`, pauses left out; an end before the start is refused."""
        lo, hi, opens, closes, before, _, _, _ = self._table
        if pauses or end < start or start < lo or end >= hi:
            return self._elapsed_with_care(start, end, pauses)
        i = bisect_right(opens, start) - 1
        j = bisect_right(opens, end, i) - 1
        first, last = closes[i], closes[j]
        return (
            before[j]
            - before[i]
            + (end if end < last else last)
            - opens[j]
            - (start if start < first else first)
            + opens[i]
        )

    def before_s(self, end: int, seconds: int, pauses: Sequence[Span] = ()) -> int:
        """The latest instant from which `seconds` of open time, pauses left out, end at `end`.

        Nought seconds: `end` itself when open there (or at an edge of hours), else the previous closing.
        """
        _check_length(seconds)
        table = self.reach(min([end, *(p for p, _ in pauses)]), end)
        if seconds == 0:
            return self._last_open_edge(end, pauses)
        while True:
            place = table.work(end) - seconds
            for p, q in reversed(within(pauses, table.lo, end)):
                if place >= table.work(q):
                    break
                place -= table.work(q) - table.work(p)
            if place >= 0:
                i = bisect_right(table.before, place) - 1
                return table.opens[i] + place - table.before[i]
            table = self._earlier(table)

    def due_days_s(self, start: int, days: int, pauses: Sequence[Span] = ()) -> int:
        """The end of hours of the `days`-th working day after the day of `start`, longer by paused hours.

        Nought days: the end of today's hours if they are not over, else of the next working day's.
        """
        if days < 0:
            raise WorktimeError("工作日数不能为负。", "The number of working days must not be negative.")
        table = self.reach(start - 2 * DAY, start + 2 * DAY)
        today = (start + offset_at(self.document.zone, start)) // DAY
        while True:
            i = bisect_right(table.days, today)
            open_today = i > 0 and table.days[i - 1] == today and start <= table.day_closes[i - 1]
            wanted = i + days - 1 if days or open_today else i
            if wanted < len(table.days):
                break
            table = self._later(table)
        due = table.day_closes[wanted]
        return self._due_at_place(start, due, pauses) if pauses else due

    def open_at_s(self, at: int) -> bool:
        """Open at `at`? At the opening second yes, at the closing second no."""
        table = self.reach(at, at)
        return at < table.closes[bisect_right(table.opens, at) - 1]

    def next_open_s(self, at: int) -> int:
        """`at` if open then, else the next opening."""
        table = self.reach(at, at)
        while True:
            i = bisect_right(table.opens, at) - 1
            if at < table.closes[i]:
                return at
            if i + 1 < len(table.opens):
                return table.opens[i + 1]
            table = self._later(table)

    def periods_s(self, start: int, end: int) -> list[Span]:
        """The open spans within [start, end], clipped to it."""
        _check_order(start, end)
        if start == end:
            return []
        table = self.reach(start, end)
        i = bisect_right(table.opens, start) - 1
        j = bisect_left(table.opens, end)
        spans = zip(table.opens[i:j], table.closes[i:j], strict=True)
        return [(max(opens, start), min(closes, end)) for opens, closes in spans if start < closes > opens]

    def works_on_s(self, day: int) -> bool:
        """Has the local day `day` (days since 1970-01-01) any open time?"""
        table = self.reach((day - 2) * DAY, (day + 3) * DAY)
        i = bisect_left(table.days, day)
        return i < len(table.days) and table.days[i] == day

    def _due_with_care(self, start: int, seconds: int, pauses: Sequence[Span]) -> int:
        _check_length(seconds)
        if seconds == 0:
            return self._first_open_edge(start, pauses)
        table = self.reach(start, max([start, *(q for _, q in pauses)]))
        while True:
            place = _past_pauses(table, start, table.work(start) + seconds, pauses)
            if place <= table.total:
                i = bisect_left(table.before, place) - 1
                return table.opens[i] + place - table.before[i]
            table = self._later(table)

    def _due_at_place(self, start: int, due: int, pauses: Sequence[Span]) -> int:
        """`due`, moved on by the open time of the pauses between `start` and it, until that is stable."""
        table = self.reach(start, max(due, *(q for _, q in pauses)))
        moved = _past_pauses(table, start, table.work(due), pauses) - table.work(due)
        return self.due_s(due, moved) if moved else due

    def _elapsed_with_care(self, start: int, end: int, pauses: Sequence[Span]) -> int:
        _check_order(start, end)
        table = self.reach(start, end)
        paused = sum(table.work(q) - table.work(p) for p, q in within(pauses, start, end))
        return table.work(end) - table.work(start) - paused

    def _first_open_edge(self, at: int, pauses: Sequence[Span]) -> int:
        """Nought seconds: stay inside hours and on closing time, else go to the next opening."""
        if self._runs(at - 1, pauses):
            return at
        opening = self.next_open_s(at)
        for p, q in pauses:
            if p <= opening < q:
                opening = self.next_open_s(q)
        return opening

    def _last_open_edge(self, at: int, pauses: Sequence[Span]) -> int:
        """The mirror image: stay inside hours and on opening time, else go back to the last closing."""
        if self._runs(at, pauses):
            return at
        closing = self._previous_close(at)
        for p, q in reversed(pauses):
            if p < closing <= q:
                closing = self._previous_close(p)
        return closing

    def _runs(self, second: int, pauses: Sequence[Span]) -> bool:
        """Is the second that starts at `second` open and in no pause?"""
        return self.open_at_s(second) and not any(p <= second < q for p, q in pauses)

    def _previous_close(self, at: int) -> int:
        """`at` if the second before it is open, else the last closing before it."""
        table = self.reach(at, at)
        while True:
            i = bisect_left(table.opens, at) - 1
            if i > 0:
                return min(at, table.closes[i])
            table = self._earlier(table)

    def reach(self, start: int, end: int) -> Table:
        """A table that covers [start, end] with the whole local days around them."""
        table = self._table
        if table.lo <= start and end < table.hi:
            return table
        first, last = start // DAY - 4, end // DAY + 5
        if first < FIRST_DAY or last > LAST_DAY:
            raise _out_of_range()
        with self._lock:
            table = self._table
            if table is EMPTY:
                last = max(last, min(first + _FIRST_STRETCH, LAST_DAY))
                self._table = compile_stretch(self.document, first, last)
            elif not (table.lo <= start and end < table.hi):
                span = (table.hi - table.lo) // DAY
                old_first, old_last = table.lo // DAY, table.hi // DAY
                first = max(FIRST_DAY, min(first, old_first - span)) if first < old_first else old_first
                last = min(LAST_DAY, max(last, old_last + span)) if last > old_last else old_last
                self._table = compile_stretch(self.document, first, last)
            return self._table

    def _later(self, table: Table) -> Table:
        """A table that goes further than `table`, or the sentence why there is none."""
        opened = self.document.opened_days
        if opened and table.hi // DAY > opened[1] + 2:
            raise WorktimeError(
                "日历在此之后不再有开放时间。", "The calendar has no further opening after that moment."
            )
        if table.hi // DAY + 5 > LAST_DAY:
            raise _out_of_range()
        return self.reach(self._table.lo, table.hi)

    def _earlier(self, table: Table) -> Table:
        """A table that begins before `table`, or the sentence why there is none."""
        opened = self.document.opened_days
        if opened and table.lo // DAY < opened[0] - 2:
            raise WorktimeError(
                "日历在此之前没有开放时间。", "The calendar has no opening before that moment."
            )
        if table.lo // DAY - 5 < FIRST_DAY:
            raise _out_of_range()
        return self.reach(table.lo - 1, self._table.hi - 1)


def _past_pauses(table: Table, start: int, place: int, pauses: Sequence[Span]) -> int:
    """`place` on the line of open time, moved on by each pause after `start` that begins before it."""
    for p, q in within(pauses, start, table.hi):
        from_place = table.work(p)
        if place <= from_place:
            break
        place += table.work(q) - from_place
    return place


def _check_length(seconds: int) -> None:
    if seconds < 0:
        raise WorktimeError("时长不能为负。", "A length of time must not be negative.")
    if seconds > LONGEST:
        raise _out_of_range()


def _check_order(start: int, end: int) -> None:
    if end < start:
        raise WorktimeError("结束时间早于开始时间。", "The end is before the start.")


def _out_of_range() -> WorktimeError:
    return WorktimeError(
        "结果超出 1900 年至 2399 年的范围。", "The answer lies outside the years 1900 to 2399."
    )
