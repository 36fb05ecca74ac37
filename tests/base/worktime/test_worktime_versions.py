"""Working calendars in the database: seeded once, changed by new versions only."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest

from goodword.base.core.errors import NotFound
from goodword.base.worktime import queries
from goodword.base.worktime.actions import import_year, publish, seed
from goodword.base.worktime.errors import CalendarError, WorktimeError
from goodword.base.worktime.models import CalendarVersion, WorkCalendar

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 5, 2, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _no_calendars_yet():
    CalendarVersion.objects.all().delete()
    WorkCalendar.objects.all().delete()


def test_office_hotline_and_warehouse_are_seeded_once():
    assert [version.calendar.code for version in seed(at=NOW)] == ["office", "hotline", "warehouse"]
    assert seed(at=NOW) == []
    _, office = queries.current("office")
    _, hotline = queries.current("hotline")
    _, warehouse = queries.current("warehouse")
    saturday, make_up = date(2026, 3, 7), date(2026, 2, 14)
    assert [calendar.is_working_day(saturday) for calendar in (office, hotline, warehouse)] == [
        False,
        True,
        True,
    ]
    assert all(calendar.is_working_day(make_up) for calendar in (office, hotline, warehouse))
    assert not warehouse.is_working_day(date(2026, 2, 16))


def test_publishing_adds_a_version_and_leaves_the_old_one_as_it_was():
    seed(at=NOW)
    first, _ = queries.current("office")
    before = queries.version(first.pk)
    document = {"timezone": "Asia/Shanghai", "week": {"mon": [["10:00", "11:00"]]}}
    second = publish("office", document=document, note="周一一小时", at=NOW)
    assert (second.number, queries.current("office")[0]) == (2, second)
    assert queries.version(first.pk) is before
    assert not queries.version(second.pk).is_working_day(date(2026, 3, 3))


def test_a_broken_document_is_not_published():
    seed(at=NOW)
    with pytest.raises(CalendarError):
        publish("office", document={"timezone": "Asia/Shanghai", "week": {}}, at=NOW)
    assert CalendarVersion.objects.filter(calendar__code="office").count() == 1


def test_unknown_calendars_are_not_found():
    with pytest.raises(NotFound):
        queries.current("nowhere")
    with pytest.raises(NotFound):
        queries.version(0)
    with pytest.raises(NotFound):
        publish(
            "nowhere", document={"timezone": "Asia/Shanghai", "week": {"mon": [["09:00", "10:00"]]}}, at=NOW
        )


@pytest.mark.parametrize(
    "rows",
    [
        "date,kind,name\n2027-01-01,holiday,元旦\n2027-01-03,work,\n",
        "\ufeffdate,kind,name\r\n2027-01-01,放假,元旦\r\n2027-01-03,调休上班,\r\n",
        json.dumps(
            [
                {"date": "2027-01-01", "kind": "holiday", "name": "元旦"},
                {"date": "2027-01-03", "kind": "work"},
            ]
        ),
        [{"date": "2027-01-01", "kind": "假", "name": "元旦"}, {"date": "2027-01-03", "kind": "班"}],
    ],
)
def test_a_new_year_is_imported_and_is_no_longer_provisional(rows):
    seed(at=NOW)
    _, before = queries.current("office")
    version = import_year("office", year=2027, rows=rows, at=NOW)
    _, after = queries.current("office")
    new_year, sunday = date(2027, 1, 1), date(2027, 1, 3)
    assert before.is_working_day(new_year)
    assert not after.is_working_day(new_year)
    assert not before.is_working_day(sunday)
    assert after.is_working_day(sunday)
    assert version.document["known_until"] == "2027-12-31"
    assert version.document["names"]["2027-01-01"] == "元旦"
    assert not after.is_working_day(date(2026, 2, 16))


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ("date,kind\n2026-01-01,holiday\n", "Row 1: the date is not in 2027"),
        ("date,kind\n2027-01-01,holiday\n2027-02-30,holiday\n", "Row 2: bad date"),
        ("date,kind\n2027-01-01,free\n", "Row 1: kind must be"),
        ("date,kind\n2027-01-01,holiday\n2027-01-01,work\n", "Row 2: the date comes twice"),
        ("date,kind\n", "no rows"),
        ("[1]", "must be a JSON object"),
        ("[", "Not valid JSON"),
    ],
)
def test_rows_that_make_no_sense_are_refused_with_their_number(rows, says):
    seed(at=NOW)
    with pytest.raises(WorktimeError, match=says):
        import_year("office", year=2027, rows=rows, at=NOW)
