"""Periods begin once each, also after downtime."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.engine.journal.models import Entry
from goodword.engine.obligations.kinds import PERIOD_OPENED
from goodword.engine.policy.schema import PERIODS
from goodword.wiring import periods
from goodword.wiring.periods import open_periods, period_of

SHANGHAI = ZoneInfo("Asia/Shanghai")
SUNDAY = datetime(2026, 11, 22, 10, tzinfo=SHANGHAI)


def opened(kind: str, subject: str = "company") -> list[tuple[str, datetime]]:
    entries = Entry.objects.filter(kind=PERIOD_OPENED.name, subject_type=subject).order_by("number")
    return [(e.facts["label"], e.at) for e in entries if e.facts["period"] == kind]


@pytest.mark.parametrize(
    ("kind", "label", "starts_on", "ends_on"),
    [
        ("day", "2026-11-22", date(2026, 11, 22), date(2026, 11, 23)),
        ("week", "2026-W47", date(2026, 11, 16), date(2026, 11, 23)),
        ("month", "2026-11", date(2026, 11, 1), date(2026, 12, 1)),
        ("quarter", "2026-Q4", date(2026, 10, 1), date(2027, 1, 1)),
        ("half-year", "2026-H2", date(2026, 7, 1), date(2027, 1, 1)),
        ("year", "2026", date(2026, 1, 1), date(2027, 1, 1)),
    ],
)
def test_a_period_has_a_label_a_first_day_and_a_day_after_it(
    kind: str, label: str, starts_on: date, ends_on: date
) -> None:
    assert period_of(kind, SUNDAY.date()) == periods.Period(kind, label, starts_on, ends_on)


@given(day=st.dates(date(2000, 1, 1), date(2100, 1, 1)), kind=st.sampled_from(PERIODS))
def test_periods_cover_every_day_without_gap_and_their_labels_rise(day: date, kind: str) -> None:
    period = period_of(kind, day)
    assert period.starts_on <= day < period.ends_on
    assert period_of(kind, period.starts_on) == period
    following = period_of(kind, period.ends_on)
    assert following.starts_on == period.ends_on
    assert following.label > period.label


@pytest.mark.django_db
def test_the_first_periods_begin_when_the_company_begins() -> None:
    assert open_periods(now=SUNDAY) == len(PERIODS)
    assert opened("year") == [("2026", SUNDAY.astimezone(UTC))]
    assert open_periods(now=SUNDAY + timedelta(hours=13)) == 0


@pytest.mark.django_db
def test_a_day_begins_at_midnight_of_the_companys_zone() -> None:
    open_periods(now=SUNDAY)
    assert open_periods(now=datetime(2026, 11, 22, 15, 59, 59, tzinfo=UTC)) == 0
    assert open_periods(now=datetime(2026, 11, 22, 16, 0, tzinfo=UTC)) == 2  # Monday: a day and a week
    assert opened("day")[-1] == ("2026-11-23", datetime(2026, 11, 22, 16, tzinfo=UTC))
    assert opened("week")[-1][0] == "2026-W48"


@pytest.mark.django_db
def test_after_downtime_each_period_passed_over_is_opened_once_at_its_own_beginning() -> None:
    open_periods(now=SUNDAY)
    after = datetime(2027, 2, 3, 9, tzinfo=SHANGHAI)
    open_periods(now=after)
    assert open_periods(now=after) == 0
    days = opened("day")
    assert len(days) == 1 + 73
    assert days[1] == ("2026-11-23", datetime(2026, 11, 23, tzinfo=SHANGHAI).astimezone(UTC))
    assert [label for label, _ in opened("month")] == ["2026-11", "2026-12", "2027-01", "2027-02"]
    assert [label for label, _ in opened("year")] == ["2026", "2027"]


@pytest.mark.django_db
def test_a_clock_that_went_back_opens_nothing_again() -> None:
    open_periods(now=SUNDAY)
    assert open_periods(now=SUNDAY - timedelta(days=40)) == 0


@pytest.mark.django_db
def test_members_of_a_set_have_periods_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(periods.EACH, "branches", lambda _: [("branch", "1"), ("branch", "2")])
    assert open_periods(now=SUNDAY) == 3 * len(PERIODS)
    assert len(opened("month", "branch")) == 2
