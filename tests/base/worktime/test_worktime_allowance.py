"""Allowances: an amount and a unit, and the clock each unit runs on."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from goodword.base.worktime.allowance import Allowance, due_for, is_provisional, used_for
from goodword.base.worktime.calendar import compiled
from goodword.base.worktime.errors import WorktimeError
from goodword.base.worktime.holidays_cn import cn_document

CN = compiled(cn_document())


def on(text):
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.mark.parametrize(
    ("allowance", "due"),
    [
        ("30 s", "2026-02-13T17:30:30"),
        ("10 min", "2026-02-13T17:40"),
        ("24 h", "2026-02-14T17:30"),
        ("45 wmin", "2026-02-14T09:15"),
        ("10 wh", "2026-02-24T09:30"),
        ("3 wd", "2026-02-25T18:00"),
    ],
)
def test_each_unit_runs_on_its_own_clock(allowance, due):
    start = on("2026-02-13T17:30")
    assert due_for(Allowance.parse(allowance), start, CN) == on(due)


def test_pauses_add_to_natural_time_when_they_begin_before_the_deadline():
    start, hour = on("2026-02-13T23:00"), Allowance(1, "h")
    pause = (on("2026-02-13T22:00"), on("2026-02-13T23:30"))
    at_the_deadline = (on("2026-02-14T00:30"), on("2026-02-14T05:00"))
    assert due_for(hour, start, CN, [at_the_deadline, pause]) == on("2026-02-14T00:30")
    assert used_for(hour, start, on("2026-02-14T00:30"), CN, [pause]) == 3600


def test_nought_natural_time_inside_a_pause_ends_with_the_pause():
    pause = [(on("2026-02-13T22:00"), on("2026-02-13T23:30"))]
    assert due_for(Allowance(0, "min"), on("2026-02-13T23:00"), CN, pause) == on("2026-02-13T23:30")
    assert due_for(Allowance(0, "min"), on("2026-02-13T22:00"), CN, pause) == on("2026-02-13T22:00")


def test_working_units_count_working_seconds():
    start, end = on("2026-02-13T17:30"), on("2026-02-14T17:30")
    assert used_for(Allowance(1, "h"), start, end, CN) == 86400
    assert used_for(Allowance(1, "wh"), start, end, CN) == 9 * 3600
    assert used_for(Allowance(1, "wd"), start, end, CN) == 9 * 3600


def test_only_working_time_can_be_provisional():
    assert is_provisional(Allowance(1, "wd"), on("2027-01-04T18:00"), CN)
    assert not is_provisional(Allowance(1, "h"), on("2027-01-04T18:00"), CN)
    assert not is_provisional(Allowance(1, "wd"), on("2026-12-31T18:00"), CN)


@pytest.mark.parametrize("text", ["", "soon", "-1 h", "1.5 h", "3 days", "1 Wd"])
def test_what_is_no_allowance_is_refused(text):
    with pytest.raises(WorktimeError):
        Allowance.parse(text)


def test_an_allowance_reads_back_as_written_and_knows_its_length():
    assert str(Allowance.parse("7wd")) == "7 wd"
    assert Allowance(7, "wd").seconds is None
    assert Allowance(2, "wh").seconds == 7200
    assert used_for(Allowance(1, "s"), on("2026-01-01T00:00"), on("2026-01-01T00:00"), CN) == 0
    with pytest.raises(WorktimeError):
        used_for(Allowance(1, "s"), on("2026-01-01T00:01"), on("2026-01-01T00:00"), CN)
