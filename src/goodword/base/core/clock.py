"""The one place that reads the clock. Doors and the worker call it and pass the moment down as `at=`."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.utils import timezone


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


def local_day(at: datetime) -> date:
    """The company's day of the moment `at`: figures of the policy hold by the company's days."""
    return timezone.localtime(at, timezone.get_default_timezone()).date()
