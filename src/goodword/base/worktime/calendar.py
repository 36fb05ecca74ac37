"""A calendar as the rest of the house sees it: aware datetimes in, UTC datetimes out.

Moments are cut to the whole second. Answers are in UTC on purpose: two datetimes of one daylight-saving
zone subtract by the wall clock; `local` gives the calendar's own time for people.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from math import floor
from typing import Any

from goodword.base.worktime.document import EPOCH_ORDINAL, canonical, parse
from goodword.base.worktime.errors import WorktimeError
from goodword.base.worktime.pauses import Span, merged
from goodword.base.worktime.seconds import SecondsCalendar

Pause = tuple[datetime, datetime]
"""A span in which the clock stands still, from (inclusive) to (exclusive), both aware."""


class Calendar(SecondsCalendar):
    """When an office is open, compiled for speed. Get one from `compiled(document)`.

    Every method raises WorktimeError for naive moments, negative lengths and answers out of range.
    """

    __slots__ = ()

    def due(self, start: datetime, seconds: int, pauses: Iterable[Pause] = ()) -> datetime:
        """The deadline `seconds` of working time after `start`, pauses left out.

        A deadline that falls exactly on closing time stays there. Nought seconds stay inside hours (closing
        time included) and mean the next opening outside them.
        """
        return moment(self.due_s(second(start), seconds, spans(pauses) if pauses else ()))

    def due_working_days(self, start: datetime, days: int, pauses: Iterable[Pause] = ()) -> datetime:
        """The end of hours of the `days`-th working day, the day of `start` not counted.

        A working day is one with any open time. Working time inside the pauses moves the deadline on by as
        much. Nought days: the end of today's hours if they are not over, else of the next working day's.
        """
        return moment(self.due_days_s(second(start), days, spans(pauses) if pauses else ()))

    def elapsed(self, start: datetime, end: datetime, pauses: Iterable[Pause] = ()) -> int:
        """Seconds of working time from `start` to `end`, pauses left out; `end` before `start` is refused."""
        return self.elapsed_s(second(start), second(end), spans(pauses) if pauses else ())

    def before(self, end: datetime, seconds: int, pauses: Iterable[Pause] = ()) -> datetime:
        """The latest moment from which `seconds` of working time, pauses left out, end at `end`."""
        return moment(self.before_s(second(end), seconds, spans(pauses) if pauses else ()))

    def is_open(self, at: datetime) -> bool:
        """Open at `at`? At the opening second yes, at the closing second no."""
        return self.open_at_s(second(at))

    def next_open(self, at: datetime) -> datetime:
        """`at` if open then, else the next opening."""
        return moment(self.next_open_s(second(at)))

    def periods(self, start: datetime, end: datetime) -> list[tuple[datetime, datetime]]:
        """The open spans within [start, end], clipped to it, in order."""
        return [
            (moment(opens), moment(closes)) for opens, closes in self.periods_s(second(start), second(end))
        ]

    def is_working_day(self, on: date) -> bool:
        """Has the local date any open time?"""
        return self.works_on_s(on.toordinal() - EPOCH_ORDINAL)

    def provisional(self, at: datetime) -> bool:
        """Does `at` fall after the last day whose statutory holidays are known?"""
        known_until = self.document.known_until
        return known_until is not None and self.local(at).date() > known_until

    def local(self, at: datetime) -> datetime:
        """The same moment by the calendar's own clock."""
        return at.astimezone(self.document.zone)


def compiled(document: Mapping[str, Any]) -> Calendar:
    """The calendar of a document (see document.py), compiled once per content; raises CalendarError."""
    return _compiled(canonical(document))


@lru_cache(maxsize=256)
def _compiled(content: str) -> Calendar:
    return Calendar(parse(json.loads(content)))


def second(at: datetime) -> int:
    """The whole UTC second of an aware moment."""
    if at.tzinfo is None:
        raise WorktimeError("时间缺少时区。", "A moment without a time zone.")
    return floor(at.timestamp())


def moment(at: int) -> datetime:
    """The UTC datetime of a whole second."""
    return datetime.fromtimestamp(at, UTC)


def spans(pauses: Iterable[Pause]) -> Sequence[Span]:
    """Pauses in merged UTC seconds; one without an end is refused: end it where you measure to."""
    found: list[Span] = []
    for pause in pauses:
        start, end = pause
        if not isinstance(start, datetime) or not isinstance(end, datetime):
            raise WorktimeError("暂停必须有开始和结束时间。", "A pause needs a start and an end.")
        found.append((second(start), second(end)))
    return merged(found)
