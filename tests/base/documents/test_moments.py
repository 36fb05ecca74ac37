"""Moments are understood as people write them, and refused where they could mean two things."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.base.documents.moments import looks_like_moment, parse_moment

CHINA = ZoneInfo("Asia/Shanghai")
NOON = datetime(2020, 1, 6, 12, 9, 38, tzinfo=CHINA)


@pytest.mark.parametrize(
    "written",
    [
        "2020/1/6 12:09:38", "2020-01-06 12:09:38", "2020.1.6 12:09:38", "2020年1月6日 12:09:38",
        "2020年1月6日12时9分38秒", "2020年01月06日（星期一） 12:09:38", " 2020/1/6\u300012：09：38 ",
        "２０２０/１/６ 12:09:38", "2020-01-06T12:09:38", "2020-01-06T12:09:38.400", "2020-01-06T04:09:38Z",
        "2020-01-06T12:09:38+08:00", "2020/1/6 下午12:09:38", "2020/1/6 12:09:38 PM", "20200106120938",
        "43836.50668981", 43836.50668981, datetime(2020, 1, 6, 12, 9, 37, 999_990), NOON,
    ],
)  # fmt: skip
def test_one_moment_in_every_writing(written: object) -> None:
    assert parse_moment(written, CHINA) == NOON


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2019-12-01 08:30", datetime(2019, 12, 1, 8, 30)),
        ("2020年1月6日 12:09", datetime(2020, 1, 6, 12, 9)),
        ("2020年1月6日 下午3:09", datetime(2020, 1, 6, 15, 9)),
        ("2020/1/6 上午12:05", datetime(2020, 1, 6, 0, 5)),
        ("2020/1/6 24:00", datetime(2020, 1, 7)),
        ("2020/1/6", datetime(2020, 1, 6)),
        (date(2020, 1, 6), datetime(2020, 1, 6)),
        (20200106, datetime(2020, 1, 6)),
        (43836, datetime(2020, 1, 6)),
    ],
)
def test_shorter_and_odder_writings(written: object, meant: datetime) -> None:
    assert parse_moment(written, CHINA) == meant.replace(tzinfo=CHINA)


@pytest.mark.parametrize(
    "written",
    ["", None, "昨天", "1/6/2020", "6.1.2020", "2020/2/30", "2020/13/1", "2020/1/6 25:00", "99999999",
     13800000001, "13800000001", 3, -1.0, float("nan"), float("inf"), True, "2020/1/6 12:09:38 x", "2020" * 5000],
)  # fmt: skip
def test_what_is_no_moment_or_could_be_two(written: object) -> None:
    assert parse_moment(written, CHINA) is None


# From 1992 on: China's summer time ended in 1991, with an hour that was twice and equals no other.
@given(st.datetimes(datetime(1992, 1, 1), datetime(2100, 1, 1), timezones=st.just(CHINA)))
def test_what_is_written_is_read_back(moment: datetime) -> None:
    moment = moment.replace(microsecond=0)
    for pattern in ("%Y/%m/%d %H:%M:%S", "%Y年%m月%d日%H时%M分%S秒", "%Y%m%d%H%M%S", "%Y-%m-%dT%H:%M:%S%z"):
        assert parse_moment(moment.strftime(pattern), CHINA) == moment


@given(st.text() | st.floats() | st.integers())
def test_no_value_at_all_makes_it_fail(value: object) -> None:
    found = parse_moment(value, UTC)
    assert found is None or found.tzinfo is not None


def test_a_bare_figure_does_not_look_like_a_moment() -> None:
    assert looks_like_moment("2020/1/6")
    assert not looks_like_moment("43836")
    assert not looks_like_moment(43836)
