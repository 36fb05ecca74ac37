"""The time library against a brute force that looks at the wall clock step by step, and its laws.

GOODWORD_PROPERTY_EXAMPLES sets the number of examples of each property (default 300).
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goodword.base.worktime.calendar import Calendar, moment
from goodword.base.worktime.document import WEEKDAYS, parse
from goodword.base.worktime.pauses import merged

EXAMPLES = int(os.environ.get("GOODWORD_PROPERTY_EXAMPLES", "300"))
many = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
)

# Zones and the days their clocks change, or a festival begins: forward and back, by an hour and by half,
# at midnight and at a minute past, a whole day skipped, a month of summer time suspended.
PLACES = [
    ("Europe/Berlin", date(2026, 3, 29)),
    ("Europe/Berlin", date(2026, 10, 25)),
    ("America/New_York", date(2026, 3, 8)),
    ("America/New_York", date(2026, 11, 1)),
    ("Australia/Lord_Howe", date(2026, 4, 5)),
    ("Australia/Lord_Howe", date(2026, 10, 4)),
    ("Asia/Shanghai", date(2026, 2, 14)),
    ("Asia/Kathmandu", date(2026, 5, 1)),
    ("America/Havana", date(2026, 3, 8)),
    ("America/Sao_Paulo", date(2018, 2, 18)),
    ("Africa/Casablanca", date(2026, 2, 15)),
    ("Pacific/Apia", date(2011, 12, 30)),
    ("America/St_Johns", date(2010, 11, 7)),
]
SCALES = [(60, 3 * 1440), (900, 30 * 96), (1, 3600)]  # length of a step in seconds, number of steps


@dataclass
class Trial:
    """A calendar, a stretch of steps around a change of clocks, and pauses on step boundaries."""

    document: dict[str, object]
    begin: int
    step: int
    steps: int
    pauses: list[tuple[int, int]]

    def __post_init__(self):
        self.calendar = Calendar(parse(self.document))
        zone = ZoneInfo(self.document["timezone"])
        windows = {}
        self.days, self.open = [], []
        for i in range(self.steps):
            wall = datetime.fromtimestamp(self.begin + i * self.step, zone)
            day = wall.date()
            if day not in windows:
                windows[day] = [
                    (seconds_of(opens), seconds_of(closes))
                    for opens, closes in self.document["dates"].get(
                        day.isoformat(), self.document["week"].get(WEEKDAYS[day.weekday()], [])
                    )
                ]
            reading = wall.hour * 3600 + wall.minute * 60 + wall.second
            self.days.append(day)
            self.open.append(any(opens <= reading < closes for opens, closes in windows[day]))
        self.running = list(self.open)
        for p, q in self.pauses:
            for i in range(max(p, 0), min(q, self.steps)):
                self.running[i] = False

        changes = {i for i in range(1, self.steps) if self.running[i] != self.running[i - 1]}
        changes |= {i for pause in self.pauses for i in pause if 0 < i < self.steps}
        self.edges = sorted(changes) or [1]

    def at(self, i):
        return self.begin + i * self.step

    def pick(self, choice):
        """A step: anywhere, or (half of the time) an edge, where rules are decided."""
        at_edge, where = choice
        return self.edges[int(where * len(self.edges))] if at_edge else max(1, int(where * self.steps))

    @property
    def spans(self):
        return merged((self.at(p), self.at(q)) for p, q in self.pauses)


def seconds_of(text):
    hours, minutes = text.split(":")
    return int(hours) * 3600 + int(minutes) * 60


def clock(quarters):
    return f"{quarters // 4:02}:{quarters % 4 * 15:02}"


@st.composite
def windows(draw):
    edges = sorted(draw(st.lists(st.integers(0, 96), unique=True, max_size=6)))
    return [[clock(a), clock(b)] for a, b in zip(edges[::2], edges[1::2], strict=False)]


day_windows = st.one_of(
    st.just([]), st.just([["00:00", "24:00"]]), st.just([["09:00", "12:00"], ["13:30", "18:00"]]), windows()
)


@st.composite
def documents(draw, place):
    zone, around = place
    week = draw(st.dictionaries(st.sampled_from(WEEKDAYS), day_windows, max_size=7))
    near = st.integers(-4, 5).map(lambda days: (around + timedelta(days)).isoformat())
    dates = draw(st.dictionaries(near, day_windows, max_size=5))
    if not any(week.values()):
        week["mon"] = [["01:30", "02:30"], ["09:00", "24:00"]]
    return {"timezone": zone, "week": week, "dates": dates}


@st.composite
def trials(draw):
    place = draw(st.sampled_from(PLACES))
    step, steps = draw(st.sampled_from(SCALES))
    document = draw(documents(place))
    middle = datetime.combine(place[1], datetime.min.time(), ZoneInfo(place[0])).astimezone(UTC)
    if step == 1:
        begin = int(middle.timestamp()) + draw(st.integers(-2, 14)) * 900
    else:
        begin = int(middle.timestamp()) - draw(st.integers(0, steps)) * step
    # St. John's changed its clocks at 00:01: a step of a quarter of an hour cannot see that.
    begin -= begin % step
    if place[0] == "America/St_Johns" and step == 900:
        step, steps = SCALES[0]
    length = st.integers(0, steps // 4)
    point = st.integers(0, steps)
    pauses = draw(st.lists(st.tuples(point, length).map(lambda p: (p[0], p[0] + p[1])), max_size=4))
    return Trial(document, begin, step, steps, pauses)


picks = st.tuples(st.booleans(), st.floats(0, 0.999))


def brute_due(trial, start, amount):
    """The step boundary at which `amount` running steps after `start` are used up, None beyond the trial."""
    if amount == 0:
        if trial.running[start - 1]:
            return start
        return next((i for i in range(start, trial.steps) if trial.running[i]), None)
    for i in range(start, trial.steps):
        amount -= trial.running[i]
        if amount == 0:
            return i + 1
    return None


def brute_before(trial, end, amount):
    if amount == 0:
        if trial.running[end]:
            return end
        return next((i for i in range(end, 0, -1) if trial.running[i - 1]), None)
    for i in range(end - 1, -1, -1):
        amount -= trial.running[i]
        if amount == 0:
            return i
    return None


def due_agrees(trial, start, amount):
    expected = brute_due(trial, start, amount)
    if expected is not None:
        found = trial.calendar.due_s(trial.at(start), amount * trial.step, trial.spans)
        assert moment(found) == moment(trial.at(expected))


def before_agrees(trial, end, amount):
    expected = brute_before(trial, end, amount)
    if expected is not None:
        found = trial.calendar.before_s(trial.at(end), amount * trial.step, trial.spans)
        assert moment(found) == moment(trial.at(expected))


@many
@given(trials(), picks, picks, st.integers(0, 400))
def test_due_and_before_agree_with_looking_at_the_clock_step_by_step(trial, one, other, amount):
    start, end = sorted((trial.pick(one), trial.pick(other)))
    due_agrees(trial, start, amount)
    due_agrees(trial, start, sum(trial.running[start:end]))
    due_agrees(trial, start, 0)
    for p, _ in trial.pauses:  # a deadline exactly where a pause begins
        due_agrees(trial, start, sum(trial.running[start:p]))
    before_agrees(trial, end, amount)
    before_agrees(trial, end, sum(trial.running[start:end]))
    before_agrees(trial, end, 0)
    for _, q in trial.pauses:  # and its mirror image
        before_agrees(trial, end, sum(trial.running[q:end]))


@many
@given(trials(), picks, picks)
def test_elapsed_open_and_periods_agree_with_looking_at_the_clock_step_by_step(trial, one, other):
    start, end = sorted((trial.pick(one), trial.pick(other)))
    calendar, a, b = trial.calendar, trial.at(start), trial.at(end)
    assert calendar.elapsed_s(a, b) == sum(trial.open[start:end]) * trial.step
    assert calendar.elapsed_s(a, b, trial.spans) == sum(trial.running[start:end]) * trial.step
    assert calendar.open_at_s(a) == trial.open[start]
    upcoming = next((i for i in range(start, trial.steps) if trial.open[i]), None)
    if upcoming is not None:
        assert calendar.next_open_s(a) == trial.at(upcoming)
    periods = calendar.periods_s(a, b)
    covered = [i for i in range(start, end) if trial.open[i]]
    assert [
        i for p, q in periods for i in range((p - trial.begin) // trial.step, (q - trial.begin) // trial.step)
    ] == covered
    assert all(p < q for p, q in periods)
    assert all(first[1] < then[0] for first, then in pairwise(periods))


@many
@given(trials(), picks, st.integers(0, 12))
def test_working_days_agree_with_counting_the_dates_that_have_open_time(trial, where, count):
    start = trial.pick(where)
    closing = {}
    for i, day in enumerate(trial.days):
        if trial.open[i]:
            closing[day] = i + 1
    # The first and last dates may go on beyond the trial, whatever order a clock put back at midnight shows.
    outermost = {trial.days[0], trial.days[-1], min(trial.days), max(trial.days)}
    for day in set(trial.days) - outermost:
        assert trial.calendar.is_working_day(day) == (day in closing)
    for day in (trial.days[-1], max(trial.days)):
        closing.pop(day, None)
    today = trial.days[start]
    wanted = sorted(day for day in closing if day > today)
    if count == 0 and closing.get(today, -1) >= start:
        wanted = [today]
    if len(wanted) < max(count, 1):
        return
    base = closing[wanted[max(count, 1) - 1]]
    assert moment(trial.calendar.due_days_s(trial.at(start), count)) == moment(trial.at(base))
    due = stretched_by_pauses(trial, start, base)
    if due is not None:
        found = trial.calendar.due_days_s(trial.at(start), count, trial.spans)
        assert moment(found) == moment(trial.at(due))


def stretched_by_pauses(trial, start, base):
    """`base` moved on by the open time paused between `start` and it, until that is stable."""
    due = base
    while True:
        remaining = sum(trial.open[i] and not trial.running[i] for i in range(start, due))
        stretched = base
        while remaining:
            if stretched >= trial.steps:
                return None
            remaining -= trial.open[stretched]
            stretched += 1
        if stretched == due:
            return due
        due = stretched


@st.composite
def laws(draw):
    """A calendar that opens every week, a moment, and pauses, all at any second."""
    place = draw(st.sampled_from(PLACES))
    document = draw(documents(place))
    middle = int(datetime.combine(place[1], datetime.min.time(), UTC).timestamp())
    week = 7 * 86400
    start = middle + draw(st.integers(-week, week))
    span = st.tuples(st.integers(-week, week), st.integers(0, 200_000))
    pauses = draw(st.lists(span.map(lambda s: (middle + s[0], middle + s[0] + s[1])), max_size=3))
    return Calendar(parse(document)), start, merged(pauses)


lengths = st.one_of(st.just(0), st.integers(0, 5000), st.integers(0, 400_000))


@many
@given(laws(), lengths, lengths)
def test_due_of_a_then_b_is_due_of_both(law, a, b):
    calendar, start, pauses = law
    together = calendar.due_s(start, a + b, pauses)
    assert calendar.due_s(calendar.due_s(start, a, pauses), b, pauses) == together
    back = calendar.before_s(together, a + b, pauses)
    assert calendar.before_s(calendar.before_s(together, a, pauses), b, pauses) == back


@many
@given(laws(), lengths)
def test_the_time_elapsed_to_the_deadline_is_the_allowance(law, length):
    calendar, start, pauses = law
    assert calendar.elapsed_s(start, calendar.due_s(start, length, pauses), pauses) == length
    assert calendar.elapsed_s(calendar.before_s(start, length, pauses), start, pauses) == length


@many
@given(laws(), lengths)
def test_a_pause_without_working_time_changes_nothing(law, length):
    calendar, start, _ = law
    periods = calendar.periods_s(start, start + 14 * 86400)
    closed = merged((first[1], then[0]) for first, then in pairwise(periods))
    assert calendar.due_s(start, length, closed) == calendar.due_s(start, length)
    assert calendar.before_s(start, length, closed) == calendar.before_s(start, length)
    assert calendar.due_days_s(start, 3, closed) == calendar.due_days_s(start, 3)
    assert calendar.elapsed_s(start, start + 86400, closed) == calendar.elapsed_s(start, start + 86400)


@many
@given(laws(), st.integers(0, 100_000), lengths, st.integers(0, 5000))
def test_order_is_kept(law, later, length, longer):
    calendar, start, pauses = law
    due = calendar.due_s(start, length, pauses)
    assert due >= start
    assert calendar.due_s(start + later, length, pauses) >= due
    assert calendar.due_s(start, length + longer, pauses) >= due
    assert calendar.due_s(start, length) <= due
    assert calendar.before_s(start, length, pauses) <= start
    assert calendar.due_days_s(start, 2) <= calendar.due_days_s(start, 3)


@many
@given(laws(), lengths)
def test_what_was_asked_before_does_not_change_an_answer(law, length):
    calendar, start, pauses = law
    fresh = Calendar(calendar.document)
    fresh.elapsed_s(start - 3_000_000, start + 9_000_000)
    assert fresh.due_s(start, length, pauses) == calendar.due_s(start, length, pauses)
    assert fresh.before_s(start, length, pauses) == calendar.before_s(start, length, pauses)
    assert fresh.due_days_s(start, 4, pauses) == calendar.due_days_s(start, 4, pauses)
