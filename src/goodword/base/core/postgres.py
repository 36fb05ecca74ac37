"""How PostgreSQL's connections differ from what they are by themselves.

Every moment is sent in UTC: it refuses offsets beyond sixteen hours, which JSON and forms may carry. And more
statements are kept planned than the hundred that is usual: a page asks forty, and there are many pages.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

PLANS_KEPT = 400
"""Statements of one connection; a plan takes some tens of kilobytes of the server's memory."""


def watch() -> None:
    """Called once, when Django starts."""
    connection_created.connect(_set_up)


def _set_up(connection: BaseDatabaseWrapper, **_: Any) -> None:  # the signal's own argument
    if connection.vendor == "postgresql":
        connection.connection.adapters.register_dumper(datetime, _dumper())
        connection.connection.prepared_max = PLANS_KEPT


@cache
def _dumper() -> Any:
    from psycopg.types.datetime import DatetimeDumper  # noqa: PLC0415 - SQLite needs no psycopg

    class InUtc(DatetimeDumper):
        def dump(self, obj: datetime) -> Any:
            return super().dump(obj.astimezone(UTC) if obj.tzinfo else obj)

    return InUtc
