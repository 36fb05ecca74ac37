"""Times and lengths in the words people use, in Chinese and English; pure, the clock is an argument.

The browser's ``frontend/src/modules/words.ts`` follows the same rules, so that a page does not change its
words when the script takes over.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

MINUTE, HOUR, DAY = 60, 3600, 86400
Tone = Literal["green", "amber", "red", "plain"]
WEEKDAYS_ZH = "一二三四五六日"


def length_words(seconds: int, *, en: bool) -> str:
    """``500`` → 「8 分」/ "8 min": two units at most, rounded down; from seven days on only days."""
    if seconds < MINUTE:
        return "under 1 min" if en else "不到 1 分"
    if seconds < HOUR:
        return f"{seconds // MINUTE} {'min' if en else '分'}"
    if seconds < DAY:
        whole, rest = seconds // HOUR, seconds // MINUTE % 60
        big, small = ("h", "min") if en else ("小时", "分")
    else:
        whole, rest = seconds // DAY, seconds // HOUR % 24 if seconds < 7 * DAY else 0
        big, small = ("d", "h") if en else ("天", "小时")
    return f"{whole} {big} {rest} {small}" if rest else f"{whole} {big}"


def due_words(due_at: datetime, now: datetime, *, en: bool = False) -> str:
    """「还剩 8 分」 before or at the due time, 「超时 31 分」 after it."""
    left = (due_at - now).total_seconds()
    length = length_words(int(abs(left)), en=en)
    if left < 0:
        return f"{length} late" if en else f"超时 {length}"
    return f"{length} left" if en else f"还剩 {length}"


def ago_words(at: datetime, now: datetime, *, en: bool = False) -> str:
    """「3 小时前」, 「刚刚」; a moment to come reads 「8 分后」."""
    seconds = (now - at).total_seconds()
    if abs(seconds) < MINUTE:
        return "just now" if en else "刚刚"
    length = length_words(int(abs(seconds)), en=en)
    if seconds < 0:
        return f"in {length}" if en else f"{length}后"
    return f"{length} ago" if en else f"{length}前"


def exact_words(at: datetime, *, en: bool = False) -> str:
    """``2026-11-22 (周日) 17:35:02``, of a moment already in the zone to be shown."""
    weekday = at.strftime("%a") if en else f"周{WEEKDAYS_ZH[at.weekday()]}"
    return f"{at:%Y-%m-%d} {weekday} {at:%H:%M:%S}"


def short_words(at: datetime, now: datetime, *, en: bool = False) -> str:
    """A moment as people say it: 「今天 09:30」, ``11-03 09:30``; with the year when it is another."""
    days = (now.date() - at.date()).days
    named = {0: ("今天", "today"), 1: ("昨天", "yesterday"), -1: ("明天", "tomorrow")}.get(days)
    if named:
        return f"{named[1] if en else named[0]} {at:%H:%M}"
    return f"{at:%m-%d %H:%M}" if at.year == now.year else f"{at:%Y-%m-%d}"


@dataclass(frozen=True)
class Countdown:
    """What a countdown shows: its words, its tone, and whether it still runs."""

    words: str
    tone: Tone
    running: bool

    @property
    def icon(self) -> str:
        """The icon beside the words."""
        if self.tone == "red":
            return "alert-circle"
        if self.tone == "plain":
            return "clock-pause"
        return "clock" if self.running else "circle-check"


def countdown(
    due_at: datetime,
    now: datetime,
    *,
    warn_at: datetime | None = None,
    met_at: datetime | None = None,
    paused: bool = False,
    en: bool = False,
) -> Countdown:
    """The state of one due time: met (in time or late), paused, late, near its end, or running."""
    if met_at is not None:
        if met_at > due_at:
            late = length_words(int((met_at - due_at).total_seconds()), en=en)
            return Countdown(f"Done {late} late" if en else f"已完成 · 超时 {late}", "red", running=False)
        return Countdown("Done in time" if en else "按时完成", "green", running=False)
    if paused:
        return Countdown("Paused" if en else "已暂停", "plain", running=False)
    near = warn_at is not None and now >= warn_at
    tone: Tone = "red" if now > due_at else "amber" if near else "green"
    return Countdown(due_words(due_at, now, en=en), tone, running=True)
