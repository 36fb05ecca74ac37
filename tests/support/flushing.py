"""Emptying the test database between tests that commit: append-only tables forbid it, so their triggers step aside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection, transaction
from django.db.backends.sqlite3.base import DatabaseOperations

_flush = DatabaseOperations.execute_sql_flush


def let_sqlite_flush() -> None:
    """Make Django's flush drop SQLite's triggers and put them back in the same transaction.

    PostgreSQL empties tables with TRUNCATE, for which row triggers do not fire.
    """
    DatabaseOperations.execute_sql_flush = _flush_without_triggers  # type: ignore[method-assign]


def _flush_without_triggers(operations: DatabaseOperations, sql_list: Sequence[str]) -> Any:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f'DROP TRIGGER "{name}"')
        _flush(operations, sql_list)
        for _, definition in triggers:
            cursor.execute(definition)
