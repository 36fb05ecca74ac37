"""Every test database stands on the same foundations, also after it was emptied."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from goodword.base.core import clock
from goodword.base.people.actors import SYSTEM
from goodword.base.people.models import Department
from goodword.base.worktime.models import WorkCalendar
from goodword.engine.journal.models import Entry
from goodword.engine.journal.recording import record
from goodword.engine.obligations.kinds import PERIOD_OPENED
from goodword.engine.policy.models import ClauseEdition


def _write_an_entry() -> Entry:
    with transaction.atomic():
        return record(
            PERIOD_OPENED, "company", by=SYSTEM, at=clock.now(), facts={"period": "day", "label": "x"}
        )


def _assert_foundations() -> None:
    assert ClauseEdition.objects.count() == 149
    assert set(WorkCalendar.objects.values_list("code", flat=True)) == {"office", "hotline", "warehouse"}
    assert Department.objects.filter(code="service").exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", [1, 2])
def test_an_emptied_database_has_its_foundations_and_its_triggers_again(time: int) -> None:
    _assert_foundations()
    assert not Entry.objects.exists()
    entry = _write_an_entry()
    with pytest.raises(DatabaseError, match="append-only"):
        Entry.objects.filter(pk=entry.pk).update(kind="other")


@pytest.mark.django_db
def test_a_test_that_is_rolled_back_has_the_foundations_too() -> None:
    _assert_foundations()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        _write_an_entry().delete()


@pytest.mark.django_db
def test_tests_run_on_the_settings_of_the_product() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("SQLite's settings")
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert cursor.execute("PRAGMA synchronous").fetchone() == (2,)
