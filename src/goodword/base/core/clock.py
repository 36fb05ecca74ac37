"""The one place that reads the clock. Doors and the worker call it and pass the moment down as `at=`."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)
