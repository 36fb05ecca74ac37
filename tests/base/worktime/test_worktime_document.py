"""The calendar document: what it may say, and the sentence for what it may not."""

from __future__ import annotations

import pytest

from goodword.base.worktime.calendar import compiled
from goodword.base.worktime.document import parse
from goodword.base.worktime.errors import CalendarError

SHANGHAI = {"timezone": "Asia/Shanghai"}


def test_touching_windows_become_one_and_their_order_does_not_matter():
    week = {"mon": [["13:00", "24:00"], ["09:00", "12:00"], ["12:00", "13:00"]]}
    assert parse({**SHANGHAI, "week": week}).week[0] == ((9 * 3600, 24 * 3600),)


def test_a_calendar_is_compiled_once_for_its_content_whatever_the_order_of_keys():
    one = {"timezone": "Asia/Shanghai", "week": {"mon": [["09:00", "12:00"]], "tue": [["09:00", "12:00"]]}}
    other = {"week": {"tue": [["09:00", "12:00"]], "mon": [["09:00", "12:00"]]}, "timezone": "Asia/Shanghai"}
    assert compiled(one) is compiled(other)
    assert compiled(one) is not compiled({**one, "known_until": "2026-12-31"})


@pytest.mark.parametrize(
    ("document", "says"),
    [
        ({**SHANGHAI, "week": {}}, "never opens"),
        ({**SHANGHAI, "week": {"mon": []}, "dates": {"2026-02-16": []}}, "never opens"),
        ({"week": {"mon": [["09:00", "12:00"]]}}, "lacks its timezone"),
        ({"timezone": "Asia/Peking", "week": {"mon": [["09:00", "12:00"]]}}, "Unknown time zone"),
        ({"timezone": "Asia", "week": {"mon": [["09:00", "12:00"]]}}, "Unknown time zone"),
        ({"timezone": "../../etc/passwd", "week": {"mon": [["09:00", "12:00"]]}}, "Unknown time zone"),
        ({**SHANGHAI, "week": {"mon": [["09:00", "12:00"], ["11:59", "13:00"]]}}, "overlap"),
        ({**SHANGHAI, "week": {"mon": [["12:00", "09:00"]]}}, "does not end after it starts"),
        ({**SHANGHAI, "week": {"mon": [["09:00", "09:00"]]}}, "does not end after it starts"),
        ({**SHANGHAI, "week": {"mon": [["09:00", "24:01"]]}}, "Bad time of day"),
        ({**SHANGHAI, "week": {"mon": [["9 am", "12:00"]]}}, "Bad time of day"),
        ({**SHANGHAI, "week": {"mon": [["09:60", "12:00"]]}}, "Bad time of day"),
        ({**SHANGHAI, "week": {"mon": [["09:00"]]}}, "must be [opening, closing]"),
        ({**SHANGHAI, "week": {"mon": "09:00-12:00"}}, "must be a list"),
        ({**SHANGHAI, "week": {"monday": [["09:00", "12:00"]]}}, "Unknown week day"),
        ({**SHANGHAI, "week": [["09:00", "12:00"]]}, "must be a JSON object"),
        (
            {**SHANGHAI, "week": {"mon": [["09:00", "12:00"]]}, "dates": {"2026-02-30": []}},
            "Bad date in dates",
        ),
        ({**SHANGHAI, "week": {"mon": [["09:00", "12:00"]]}, "dates": {"20260216": []}}, "Bad date in dates"),
        ({**SHANGHAI, "week": {"mon": [["09:00", "12:00"]]}, "known_until": 2026}, "Bad date in known_until"),
        ({**SHANGHAI, "week": {"mon": [["09:00", "12:00"]]}, "holidays": []}, "Unknown calendar field"),
        ([], "must be a JSON object"),
    ],
)
def test_what_a_calendar_may_not_say_is_refused_in_both_languages(document, says):
    with pytest.raises(CalendarError) as refused:
        compiled(document)
    assert says in refused.value.en
    assert refused.value.zh.endswith("。")
