"""PostgreSQL is sent every moment in UTC: it refuses offsets beyond sixteen hours, which JSON and forms may carry."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created


def watch() -> None:
    """Called once, when Django starts."""
    connection_created.connect(_send_in_utc)


def _send_in_utc(connection: BaseDatabaseWrapper, **_: Any) -> None:  # the signal's own argument
    if connection.vendor == "postgresql":
        connection.connection.adapters.register_dumper(datetime, _dumper())


@cache
def _dumper() -> Any:
    from psycopg.types.datetime import DatetimeDumper  # noqa: PLC0415 - SQLite needs no psycopg

    class InUtc(DatetimeDumper):
        def dump(self, obj: datetime) -> Any:
            return super().dump(obj.astimezone(UTC) if obj.tzinfo else obj)

    return InUtc
