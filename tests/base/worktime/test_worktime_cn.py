"""China's statutory calendar against a second, independent source, day by day."""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar
import pytest

from goodword.base.worktime.calendar import compiled
from goodword.base.worktime.holidays_cn import FIRST_YEAR, cn_document, statutory_days


@pytest.mark.parametrize("year", range(FIRST_YEAR, 2027))
def test_every_day_of_the_year_agrees_with_chinesecalendar(year):
    calendar = compiled(cn_document())
    days = [date(year, 1, 1) + timedelta(n) for n in range(366)]
    days = [day for day in days if day.year == year]
    assert days[-1] == date(year, 12, 31), "in leap years too"
    ours = [day for day in days if calendar.is_working_day(day)]
    assert ours == [day for day in days if chinese_calendar.is_workday(day)]


def test_the_six_make_up_days_of_2026_are_worked():
    make_up = sorted(day.isoformat()[5:] for day in statutory_days().make_up if day.year == 2026)
    assert make_up == ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"]


def test_the_calendar_is_known_to_the_end_of_the_last_published_year_and_weekly_after_it():
    assert statutory_days().known_until == date(max(day.year for day in statutory_days().make_up), 12, 31)
    assert statutory_days().known_until >= date(2026, 12, 31)
    assert max(statutory_days().off) <= statutory_days().known_until


def test_holidays_have_names_for_people():
    names = cn_document()["names"]
    assert names["2026-02-17"] == "春节"
    assert names["2026-02-14"] == "调休上班"
    assert names["2026-02-20"] == "调休放假"
