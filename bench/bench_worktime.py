"""Time arithmetic, calls per second, ours beside businesstimedelta in the same run. Prints one JSON object.

    python bench/bench_worktime.py [seconds per figure, default 1.0]

One call at a time on China's calendar with two windows a day, from 10,000 moments spread over 2024 and
2025. businesstimedelta has no make-up working days, so its calendar is the same without them. `agree_without_
make_up_days` is the share of its deadlines that equal ours on that calendar (a check that both did the
same work), `agree` the share that equal ours on the real one.
"""

from __future__ import annotations

import io
import json
import random
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from time import perf_counter
from typing import Any

import businesstimedelta
import pytz

from goodword.base.worktime.batch import run
from goodword.base.worktime.calendar import Calendar, compiled, second
from goodword.base.worktime.holidays_cn import statutory_days, with_statutory_days

WINDOWS = [["09:00", "12:00"], ["13:30", "18:00"]]
ALLOWANCES = [600, 3600, 2 * 3600, 8 * 3600, 3 * 27_000, 10 * 27_000]
WEEK = dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), WINDOWS)

Case = tuple[datetime, int, datetime]


def rate(call: Callable[[Case], object], cases: list[Case], seconds: float) -> int:
    """Calls a second of `call`, one case at a time, the loop around it included."""
    for case in cases[:20]:
        call(case)
    done, began = 0, perf_counter()
    while True:
        for case in cases[done % len(cases) :][:500]:
            call(case)
            done += 1
        spent = perf_counter() - began
        if spent >= seconds:
            return round(done / spent)


def cases() -> list[Case]:
    """(start, seconds, end): invented, from a fixed seed."""
    chance, first = random.Random(2026), datetime(2024, 1, 2, tzinfo=UTC)
    starts = [first + timedelta(seconds=chance.randrange(700 * 86400)) for _ in range(10_000)]
    return [
        (start, chance.choice(ALLOWANCES), start + timedelta(seconds=chance.randrange(14 * 86400)))
        for start in starts
    ]


def their_rules() -> Any:
    """The same calendar for businesstimedelta, without make-up days."""
    zone = pytz.timezone("Asia/Shanghai")
    off = [day for day in statutory_days().off if day >= date(2024, 1, 1)]
    return businesstimedelta.Rules(
        [
            businesstimedelta.WorkDayRule(time(9), time(12), [0, 1, 2, 3, 4], tz=zone),
            businesstimedelta.WorkDayRule(time(13, 30), time(18), [0, 1, 2, 3, 4], tz=zone),
            businesstimedelta.HolidayRule(off, tz=zone),
        ]
    )


def ours_figures(calendar: Calendar, some: list[Case], seconds: float) -> dict[str, int]:
    whole = [(second(start), length, second(end)) for start, length, end in some]
    return {
        "due": rate(lambda case: calendar.due(case[0], case[1]), some, seconds),
        "elapsed": rate(lambda case: calendar.elapsed(case[0], case[2]), some, seconds),
        "due_working_days": rate(lambda case: calendar.due_working_days(case[0], 3), some, seconds),
        "due_seconds_core": rate(lambda case: calendar.due_s(case[0], case[1]), whole, seconds),
        "elapsed_seconds_core": rate(lambda case: calendar.elapsed_s(case[0], case[2]), whole, seconds),
    }


def batch_figure(some: list[Case]) -> int:
    """Lines a second of the JSON-lines door, "cn" and a count of seconds."""
    lines = [
        json.dumps({"id": n, "op": "due", "calendar": "cn", "from": start.isoformat(), "seconds": length})
        for n, (start, length, _) in enumerate(some)
    ]
    stream = io.StringIO("\n".join(lines * 5) + "\n")
    began = perf_counter()
    run(stream, io.StringIO())
    return round(len(lines) * 5 / (perf_counter() - began))


def main(seconds: float) -> None:
    calendar, some, rules = compiled(with_statutory_days(WEEK)), cases(), their_rules()

    def their_due(case: Case) -> datetime:
        return case[0] + businesstimedelta.BusinessTimeDelta(rules, seconds=case[1])

    theirs = {
        "due": rate(their_due, some, seconds),
        "elapsed": rate(lambda case: rules.difference(case[0], case[2]), some, seconds),
    }
    ours = ours_figures(calendar, some, seconds)

    def agree(ours: Calendar) -> float:
        compared = some[:500]
        same = sum(their_due(case) == ours.due(case[0], case[1]) for case in compared)
        return round(same / len(compared), 3)

    document = with_statutory_days(WEEK)
    plain = document | {"dates": {day: hours for day, hours in document["dates"].items() if not hours}}
    figures = {
        "python": sys.version.split()[0],
        "ours_per_second": ours,
        "batch_lines_per_second": batch_figure(some),
        "businesstimedelta_per_second": theirs,
        "times_faster": {name: round(ours[name] / theirs[name]) for name in theirs},
        "agree_without_make_up_days": agree(compiled(plain)),
        "agree": agree(calendar),
    }
    print(json.dumps(figures, indent=2))


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 1.0)
