"""The rules of the calendar at their edges, one sentence each."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from goodword.base.worktime.calendar import compiled
from goodword.base.worktime.errors import WorktimeError
from goodword.base.worktime.holidays_cn import with_statutory_days

SHANGHAI = ZoneInfo("Asia/Shanghai")
HOUR = 3600
WINDOWS = [["09:00", "12:00"], ["13:30", "18:00"]]
OFFICE = compiled(with_statutory_days(dict.fromkeys(["mon", "tue", "wed", "thu", "fri"], WINDOWS)))
ALWAYS = compiled(
    {
        "timezone": "Asia/Shanghai",
        "week": {day: [["00:00", "24:00"]] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")},
    }
)


def on(text, zone=SHANGHAI):
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def test_a_deadline_exactly_on_closing_time_stays_there():
    assert OFFICE.due(on("2026-03-02T17:00"), HOUR) == on("2026-03-02T18:00")
    assert OFFICE.due(on("2026-03-02T11:00"), HOUR) == on("2026-03-02T12:00")
    assert OFFICE.due(on("2026-03-02T17:00"), HOUR + 1) == on("2026-03-03T09:00:01")


@pytest.mark.parametrize(
    ("start", "due"),
    [
        ("2026-03-02T10:00", "2026-03-02T10:00"),
        ("2026-03-02T09:00", "2026-03-02T09:00"),
        ("2026-03-02T12:00", "2026-03-02T12:00"),
        ("2026-03-02T12:30", "2026-03-02T13:30"),
        ("2026-03-02T18:00", "2026-03-02T18:00"),
        ("2026-03-02T18:00:01", "2026-03-03T09:00"),
        ("2026-02-15T10:00", "2026-02-24T09:00"),
    ],
)
def test_nought_minutes_stay_inside_hours_and_mean_the_next_opening_outside(start, due):
    assert OFFICE.due(on(start), 0) == on(due)


def test_before_gives_the_latest_moment_from_which_the_time_ends_there():
    assert OFFICE.before(on("2026-03-02T10:00"), HOUR) == on("2026-03-02T09:00")
    assert OFFICE.before(on("2026-03-02T10:00"), HOUR + 1) == on("2026-02-28T17:59:59")  # a make-up Saturday
    assert OFFICE.before(on("2026-03-02T20:00"), HOUR) == on("2026-03-02T17:00")
    assert OFFICE.before(on("2026-03-02T20:00"), 0) == on("2026-03-02T18:00")
    assert OFFICE.before(on("2026-03-02T09:00"), 0) == on("2026-03-02T09:00")


def test_the_day_of_the_start_is_not_counted_and_the_nth_day_ends_with_its_hours():
    assert OFFICE.due_working_days(on("2026-03-02T00:00"), 1) == on("2026-03-03T18:00")
    assert OFFICE.due_working_days(on("2026-03-02T23:59"), 1) == on("2026-03-03T18:00")
    assert OFFICE.due_working_days(on("2026-03-06T10:00"), 3) == on("2026-03-11T18:00")
    assert OFFICE.due_working_days(on("2026-02-13T10:00"), 1) == on("2026-02-14T18:00")


def test_nought_working_days_end_today_while_hours_are_not_over():
    assert OFFICE.due_working_days(on("2026-03-02T07:00"), 0) == on("2026-03-02T18:00")
    assert OFFICE.due_working_days(on("2026-03-02T18:00"), 0) == on("2026-03-02T18:00")
    assert OFFICE.due_working_days(on("2026-03-02T18:01"), 0) == on("2026-03-03T18:00")
    assert OFFICE.due_working_days(on("2026-03-07T10:00"), 0) == on("2026-03-09T18:00")


def test_a_pause_lengthens_working_days_by_the_hours_it_covers():
    start = on("2026-03-02T10:00")
    lunch = [(on("2026-03-02T12:00"), on("2026-03-02T13:30"))]
    afternoon = [(on("2026-03-02T13:30"), on("2026-03-02T18:00"))]
    assert OFFICE.due_working_days(start, 1, lunch) == on("2026-03-03T18:00")
    assert OFFICE.due_working_days(start, 1, afternoon) == on("2026-03-04T15:00")
    reached_only_when_moved = [*afternoon, (on("2026-03-04T09:00"), on("2026-03-04T10:00"))]
    assert OFFICE.due_working_days(start, 1, reached_only_when_moved) == on("2026-03-04T16:00")


def test_pauses_may_overlap_touch_and_come_in_any_order():
    start = on("2026-03-02T09:00")
    pauses = [
        (on("2026-03-02T10:30"), on("2026-03-02T11:00")),
        (on("2026-03-02T09:30"), on("2026-03-02T10:00")),
        (on("2026-03-02T09:45"), on("2026-03-02T10:30")),
    ]
    assert OFFICE.due(start, HOUR, pauses) == on("2026-03-02T11:30")
    assert OFFICE.elapsed(start, on("2026-03-02T11:30"), pauses) == HOUR


def test_a_deadline_exactly_where_a_pause_begins_stays_there():
    pause = [(on("2026-03-02T10:00"), on("2026-03-02T11:00"))]
    assert OFFICE.due(on("2026-03-02T09:00"), HOUR, pause) == on("2026-03-02T10:00")
    assert OFFICE.due(on("2026-03-02T10:00"), 0, pause) == on("2026-03-02T10:00")
    assert OFFICE.due(on("2026-03-02T10:30"), 0, pause) == on("2026-03-02T11:00")
    assert OFFICE.before(on("2026-03-02T12:00"), HOUR, pause) == on("2026-03-02T11:00")


def test_two_pauses_in_the_same_minute_both_count():
    start = on("2026-03-02T09:00")
    pauses = [
        (on("2026-03-02T09:10:05"), on("2026-03-02T09:10:15")),
        (on("2026-03-02T09:10:30"), on("2026-03-02T09:10:50")),
    ]
    assert OFFICE.due(start, HOUR, pauses) == on("2026-03-02T10:00:30")


def test_an_open_ended_or_inverted_pause_is_refused():
    start = on("2026-03-02T09:00")
    with pytest.raises(WorktimeError, match="needs a start and an end"):
        OFFICE.due(start, HOUR, [(start, None)])
    with pytest.raises(WorktimeError, match="ends before it starts"):
        OFFICE.due(start, HOUR, [(start, start - timedelta(seconds=1))])


def test_negative_lengths_inverted_spans_and_naive_moments_are_refused():
    start = on("2026-03-02T09:00")
    for question in (
        lambda: OFFICE.due(start, -1),
        lambda: OFFICE.before(start, -1),
        lambda: OFFICE.due_working_days(start, -1),
        lambda: OFFICE.elapsed(start, start - timedelta(seconds=1)),
        lambda: OFFICE.periods(start, start - timedelta(seconds=1)),
        lambda: OFFICE.due(start.replace(tzinfo=None), 1),
    ):
        with pytest.raises(WorktimeError):
            question()


def test_one_working_day_is_not_24_hours():
    assert OFFICE.due(on("2026-03-06T17:00"), 24 * HOUR) == on("2026-03-12T09:30")
    assert OFFICE.due_working_days(on("2026-03-06T17:00"), 1) == on("2026-03-09T18:00")


def test_around_the_clock_is_natural_time_over_midnights_holidays_and_years():
    start = on("2026-02-13T17:30:07")
    assert ALWAYS.due(start, 400 * 86400) == start + timedelta(days=400)
    assert ALWAYS.elapsed(start, start + timedelta(days=400)) == 400 * 86400
    assert len(ALWAYS.periods(start, start + timedelta(days=400))) == 1
    assert ALWAYS.due_working_days(start, 1) == on("2026-02-15T00:00")


def test_a_window_over_a_change_of_clocks_has_its_real_length():
    berlin = ZoneInfo("Europe/Berlin")
    sundays = compiled({"timezone": "Europe/Berlin", "week": {"sun": [["00:00", "06:00"]]}})
    for day, hours in (("2026-03-22", 6), ("2026-03-29", 5), ("2026-10-25", 7)):
        begin, end = on(f"{day}T00:00", berlin), on(f"{day}T06:00", berlin)
        assert sundays.elapsed(begin, end) == hours * HOUR
        assert sundays.due(begin, hours * HOUR) == end
    half_hour = compiled({"timezone": "Australia/Lord_Howe", "week": {"sun": [["00:00", "06:00"]]}})
    howe = ZoneInfo("Australia/Lord_Howe")
    assert half_hour.elapsed(on("2026-04-05T00:00", howe), on("2026-04-05T06:00", howe)) == 6.5 * HOUR


def test_a_window_that_begins_in_a_skipped_hour_opens_when_the_clock_has_jumped():
    skipped = compiled({"timezone": "Europe/Berlin", "week": {"sun": [["02:30", "05:00"]]}})
    first = skipped.next_open(on("2026-03-28T12:00", ZoneInfo("Europe/Berlin")))
    assert skipped.local(first).isoformat() == "2026-03-29T03:00:00+02:00"


def test_a_window_edge_in_a_repeated_hour_holds_on_both_readings():
    repeated = compiled({"timezone": "Europe/Berlin", "week": {"sun": [["02:30", "03:00"]]}})
    day = datetime(2026, 10, 25, tzinfo=UTC)
    assert [(p.hour, p.minute) for p, _ in repeated.periods(day, day + timedelta(hours=4))] == [
        (0, 30),
        (1, 30),
    ]


def test_a_date_that_was_skipped_is_no_working_day():
    apia = compiled({"timezone": "Pacific/Apia", "week": {"fri": [["09:00", "17:00"]]}})
    assert not apia.is_working_day(date(2011, 12, 30))
    assert apia.is_working_day(date(2011, 12, 23))


def test_one_open_day_a_week_and_a_far_deadline_are_found():
    rare = compiled({"timezone": "Asia/Shanghai", "week": {"wed": [["09:00", "10:00"]]}})
    start = on("2026-03-05T00:00")
    assert rare.due(start, 520 * HOUR) == on("2026-03-11T10:00") + timedelta(weeks=519)
    assert rare.before(start, 520 * HOUR) == on("2026-03-04T09:00") - timedelta(weeks=519)
    assert rare.due_working_days(start, 100) == on("2026-03-11T10:00") + timedelta(weeks=99)


def test_a_calendar_of_listed_dates_says_when_it_has_no_more():
    fair = compiled({"timezone": "Asia/Shanghai", "dates": {"2026-05-01": [["09:00", "18:00"]]}})
    start = on("2026-04-01T00:00")
    assert fair.due(start, 9 * HOUR) == on("2026-05-01T18:00")
    with pytest.raises(WorktimeError, match="no further opening"):
        fair.due(start, 9 * HOUR + 1)
    with pytest.raises(WorktimeError, match="no further opening"):
        fair.next_open(on("2026-05-01T18:00"))
    with pytest.raises(WorktimeError, match="no opening before"):
        fair.before(start, 1)


def test_beyond_the_horizon_is_refused():
    for question in (
        lambda: OFFICE.due(on("2026-03-02T09:00"), 10**18),
        lambda: OFFICE.due_working_days(on("2399-12-31T09:00"), 3),
        lambda: OFFICE.is_open(datetime(1, 1, 1, tzinfo=UTC)),
        lambda: OFFICE.is_open(datetime(9999, 12, 31, tzinfo=UTC)),
    ):
        with pytest.raises(WorktimeError, match="1900 to 2399"):
            question()


def test_moments_are_cut_to_the_whole_second():
    start = on("2026-03-02T09:00").replace(microsecond=999_999)
    assert OFFICE.due(start, 60) == on("2026-03-02T09:01")


def test_provisional_is_what_falls_after_the_last_known_day():
    assert not OFFICE.provisional(on("2026-12-31T23:59:59"))
    assert OFFICE.provisional(on("2027-01-01T00:00:00"))
    assert not ALWAYS.provisional(on("2027-01-01T00:00:00"))
