"""An allowance: how long a clause gives, as an amount and a unit. One working day is not 24 hours."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, cast, get_args

from goodword.base.worktime.calendar import Calendar, Pause, moment, second, spans
from goodword.base.worktime.errors import WorktimeError
from goodword.base.worktime.pauses import within

Unit = Literal["s", "min", "h", "wmin", "wh", "wd"]
"""Seconds, minutes, hours of natural time; minutes and hours of working time; working days."""

_SECONDS: dict[str, int] = {"s": 1, "min": 60, "h": 3600, "wmin": 60, "wh": 3600}
_TEXT = re.compile(r"(\d+)\s*([a-z]+)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Allowance:
    """`amount` (a whole number, not negative) of `unit`."""

    amount: int
    unit: Unit

    def __post_init__(self) -> None:
        if isinstance(self.amount, bool) or not isinstance(self.amount, int) or self.amount < 0:
            raise WorktimeError("时限必须是非负整数。", "An allowance is a whole number, not negative.")
        if self.unit not in get_args(Unit):
            raise WorktimeError(f"未知的时限单位:{self.unit}。", f"Unknown unit of time: {self.unit}.")

    def __str__(self) -> str:
        return f"{self.amount} {self.unit}"

    @property
    def natural(self) -> bool:
        """Natural time runs on, night and day, holidays too; no calendar is asked."""
        return self.unit in {"s", "min", "h"}

    @property
    def seconds(self) -> int | None:
        """The length in seconds of its own clock; None for working days, which have no fixed length."""
        return None if self.unit == "wd" else self.amount * _SECONDS[self.unit]

    @classmethod
    def parse(cls, text: str) -> Allowance:
        """Read "10 min", "24h", "3 wd"."""
        match = _TEXT.fullmatch(text.strip())
        if not match:
            raise WorktimeError(f"无法识别的时限:{text}。", f"Not an allowance: {text}; write e.g. 10 min.")
        return cls(int(match[1]), cast(Unit, match[2]))


def due_for(
    allowance: Allowance, start: datetime, calendar: Calendar, pauses: Iterable[Pause] = ()
) -> datetime:
    """The deadline of an allowance that starts at `start`, in UTC; pauses move it on."""
    if allowance.unit == "wd":
        return calendar.due_working_days(start, allowance.amount, pauses)
    length = allowance.amount * _SECONDS[allowance.unit]
    if not allowance.natural:
        return calendar.due(start, length, pauses)
    begin = second(start)
    due = begin + length
    for p, q in spans(pauses):
        if q <= begin:
            continue
        if due <= p or (due == begin and p == begin):
            break
        due += q - max(p, begin)
    return moment(due)


def used_for(
    allowance: Allowance, start: datetime, end: datetime, calendar: Calendar, pauses: Iterable[Pause] = ()
) -> int:
    """The seconds the clause counts from `start` to `end`, pauses left out.

    Natural units count natural seconds; working minutes, hours and days count seconds of working time.
    """
    if not allowance.natural:
        return calendar.elapsed(start, end, pauses)
    begin, finish = second(start), second(end)
    if finish < begin:
        raise WorktimeError("结束时间早于开始时间。", "The end is before the start.")
    return finish - begin - sum(q - p for p, q in within(spans(pauses), begin, finish))


def is_provisional(allowance: Allowance, due: datetime, calendar: Calendar) -> bool:
    """May `due` move when the next year's holidays are published? Natural time never does."""
    return not allowance.natural and calendar.provisional(due)
