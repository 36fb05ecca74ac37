"""The day a moment falls on in a zone, reckoned by the database: `Day("started_at", tzinfo=zone)` in place of TruncDate.

Django's own function for SQLite takes thirty microseconds a row, which a page that counts ten thousand open duties feels.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.db.models.functions import TruncDate
from django.db.models.sql.compiler import SQLCompiler

_zone = lru_cache(maxsize=32)(ZoneInfo)


class Day(TruncDate):
    """The date of a moment in `tzinfo`; the same value as TruncDate's."""

    def as_sqlite(
        self,
        compiler: SQLCompiler,
        connection: BaseDatabaseWrapper,  # noqa: ARG002 - so Django calls it
        **extra_context: Any,  # noqa: ARG002 - so Django calls it
    ) -> tuple[str, tuple[Any, ...]]:
        """By the function this module gives each connection."""
        sql, params = compiler.compile(self.lhs)
        return f"goodword_day({sql}, %s)", (*params, self.get_tzname())


def watch() -> None:
    """Called once, when Django starts."""
    connection_created.connect(_teach)


def day_of(moment: str | None, zone: str) -> str | None:
    """`2026-11-28 17:30:00.5` in UTC, as SQLite keeps it: its day in the zone, `2026-11-29`."""
    if moment is None:
        return None
    at = datetime.fromisoformat(moment)
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(_zone(zone)).date().isoformat()


def _teach(connection: BaseDatabaseWrapper, **_: Any) -> None:  # the signal's own argument
    if connection.vendor == "sqlite":
        connection.connection.create_function("goodword_day", 2, day_of, deterministic=True)
