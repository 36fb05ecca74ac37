"""Which day a moment falls on, where the company is: figures of the policy hold by the company's days."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone


def local_day(at: datetime) -> date:
    """The company's day of the moment `at`."""
    return timezone.localtime(at, timezone.get_default_timezone()).date()
