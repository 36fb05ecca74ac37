"""The one place that reads the clock. Doors and the worker call it and pass the moment down as `at=`."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.db import connection
from django.utils import timezone

FIRST_MOMENT = datetime(2000, 1, 1, tzinfo=UTC)
LAST_MOMENT = datetime(2200, 1, 1, tzinfo=UTC)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


_DATABASE_NOW = {
    "postgresql": "SELECT statement_timestamp()",
    "sqlite": "SELECT strftime('%Y-%m-%dT%H:%M:%f', 'now')",
}


def database_now() -> datetime:
    """The present moment by the database's clock: one clock for all machines."""
    with connection.cursor() as cursor:
        cursor.execute(_DATABASE_NOW[connection.vendor])
        (found,) = cursor.fetchone()
    return found if isinstance(found, datetime) else datetime.fromisoformat(found).replace(tzinfo=UTC)


def local_day(at: datetime) -> date:
    """The company's day of the moment `at`: figures of the policy hold by the company's days."""
    return timezone.localtime(at, timezone.get_default_timezone()).date()


def of_this_age(moment: datetime) -> bool:
    """Whether an aware moment lies between the years 2000 and 2200.

    What people type may be any year; the ends of the calendar overflow in another time zone, and PostgreSQL gives
    a year before 1 back that cannot be read any more.
    """
    try:
        return FIRST_MOMENT <= moment < LAST_MOMENT
    except OverflowError:
        return False
