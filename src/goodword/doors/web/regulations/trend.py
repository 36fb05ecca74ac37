"""How a clause's share moved by week or month, with how sure one can be of it and the goal it is held to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q

from goodword.base.core.clock import local_day
from goodword.engine.obligations.queries import Tally
from goodword.engine.obligations.tallies import DAY, FIGURES, Span, figures
from goodword.engine.policy.queries import all_clauses, values_of
from goodword.voice.cases.queries.proportions import wilson

from ..charts import Share, Trend, trend
from ..templatetags.goodword_ui import t
from .period import Period
from .shares import interval_words, kept_words, share_words

WEEK, MONTH = "week", "month"
LEAST, MOST = 12, 36
"""How many weeks or months are shown: at least these before the period's end, at most so many."""
LONGEST_IN_WEEKS = 100
"""Days of a period that is still shown by weeks unless somebody asks otherwise."""


@dataclass(frozen=True, slots=True)
class Goal:
    """The share a goal's clause demands of this one."""

    clause_id: str
    share: float
    words: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """A week or month: its days, how it went, in words; is_inside: it touches the period looked at."""

    label: str
    period: Period
    tally: Tally
    is_inside: bool

    @property
    def interval(self) -> tuple[float | None, float | None]:
        """The share's 95 % Wilson interval."""
        return wilson(self.tally.in_time, self.tally.decided)

    @property
    def share(self) -> str:
        """「91%」, or a dash."""
        return kept_words(self.tally.share)

    @property
    def interval_said(self) -> str:
        """「86%–95%」, or a dash."""
        return interval_words(*self.interval)


@dataclass(frozen=True, slots=True)
class Course:
    """What the page shows: the stretches, the chart, by what they are cut."""

    by: str
    stretches: list[Stretch]
    chart: Trend
    goal: Goal | None

    @property
    def said(self) -> str:
        """What the chart shows, in words."""
        words = t(
            "{first} 至 {last}，每点是按时率，竖线是 95% 区间。",
            "{first} to {last}: each point is the share met in time, its upright line the 95% interval.",
            first=self.stretches[0].period.first,
            last=self.stretches[-1].period.last,
        )
        if self.goal is None:
            return str(words)
        goal = t(
            "虚线是目标 {share}（{clause}）。",
            " The dashed line is the goal, {share} ({clause}).",
            share=self.goal.words,
            clause=self.goal.clause_id,
        )
        return f"{words}{goal}"


def goal_of(clause_id: str, *, on: date) -> Goal | None:
    """The goal that names this clause among its own, with its figure of the day; None where no goal does."""
    for clause in all_clauses().values():
        if clause.kind == "goal" and clause.is_bound and clause_id in clause.values.get("clauses", ()):
            for value in values_of(clause.id, on=on).values():
                if isinstance(value, str) and value.endswith("%"):
                    return Goal(clause.id, float(value[:-1]) / 100, value)
    return None


def course(clause_id: str, period: Period, by: str, *, history: bool, now: datetime) -> Course:
    """The clause's course up to the period's end. Four queries, whatever its length."""
    last = min(period.last or local_day(now), local_day(now))
    cut = by if by in {WEEK, MONTH} else _usual(period, last)
    starts = _starts(cut, period.first or date.min, last)
    shown = Period(starts[0], last)
    counted = figures(
        DAY, span=Span(shown.started_from, shown.started_to), where=Q(clause_id=clause_id), history=history,
        now=now,
    )  # fmt: skip
    sums = {start: dict.fromkeys(FIGURES, 0) for start in starts}
    for (day,), row in counted.items():
        there = sums[_start(cut, day)]
        for name in FIGURES:
            there[name] += row[name]
    stretches = [
        Stretch(
            label=f"{start:%Y-%m}" if cut == MONTH else f"{start:%m-%d}",
            period=Period(start, min(_next(cut, start) - timedelta(days=1), last)),
            tally=Tally(clause_id=clause_id, **sums[start]),
            is_inside=period.first is None or _next(cut, start) > period.first,
        )
        for start in starts
    ]
    goal = goal_of(clause_id, on=local_day(now))
    chart = trend([_point(one) for one in stretches], goal=goal.share if goal else None)
    return Course(cut, stretches, chart, goal)


def _usual(period: Period, last: date) -> str:
    if period.first is None or (last - period.first).days > LONGEST_IN_WEEKS:
        return MONTH
    return WEEK


def _starts(cut: str, first: date, last: date) -> list[date]:
    """The first days of the stretches up to `last`: from `first` on, but never fewer or more than can be read."""
    found = [_start(cut, last)]
    while len(found) < MOST and (len(found) < LEAST or found[-1] > first):
        found.append(_start(cut, found[-1] - timedelta(days=1)))
    return found[::-1]


def _start(cut: str, day: date) -> date:
    return day.replace(day=1) if cut == MONTH else day - timedelta(days=day.weekday())


def _next(cut: str, start: date) -> date:
    return _start(cut, start + timedelta(days=32)) if cut == MONTH else start + timedelta(days=7)


def _point(one: Stretch) -> Share:
    low, high = one.interval
    said = t(
        "{days}：{share}，{n} 件已有结论",
        "{days}: {share}, {n} decided",
        days=f"{one.period.first:%Y-%m-%d} – {one.period.last:%Y-%m-%d}",
        share=share_words(one.tally.share, low, high),
        n=one.tally.decided,
    )
    return Share(one.label, one.tally.share, low, high, str(said))
