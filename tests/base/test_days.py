"""A moment's day in a zone is the same whichever way a database reckons it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db.models import DateTimeField, Value
from django.db.models.functions import TruncDate
from tests.cast import make_cast

from goodword.base.core.days import Day, day_of
from goodword.base.people.models import Account


@pytest.mark.parametrize(
    ("moment", "zone", "day"),
    [
        ("2026-11-28 16:00:00", "Asia/Shanghai", "2026-11-29"),
        ("2026-11-28 15:59:59.999999", "Asia/Shanghai", "2026-11-28"),
        ("2026-03-29 00:30:00", "Europe/Berlin", "2026-03-29"),
        ("2026-10-24 22:30:00", "Europe/Berlin", "2026-10-25"),
        ("2026-11-28 18:20:00", "Asia/Kathmandu", "2026-11-29"),
        (None, "UTC", None),
    ],
)
def test_the_day_of_a_moment_as_sqlite_keeps_it(moment, zone, day):
    assert day_of(moment, zone) == day


@pytest.mark.django_db
@pytest.mark.parametrize("zone", ["Asia/Shanghai", "Europe/Berlin", "America/New_York"])
def test_it_is_the_day_django_finds(zone):
    make_cast(datetime(2026, 1, 1, tzinfo=UTC))
    at = datetime(2026, 10, 24, 21, 30, tzinfo=UTC)
    moments = [at + timedelta(minutes=37 * n) for n in range(60)]
    for moment in moments:
        row = Account.objects.annotate(
            ours=Day(Value(moment, output_field=DateTimeField()), tzinfo=ZoneInfo(zone)),
            theirs=TruncDate(Value(moment, output_field=DateTimeField()), tzinfo=ZoneInfo(zone)),
        ).first()
        assert row is not None
        assert row.ours == row.theirs == moment.astimezone(ZoneInfo(zone)).date()
