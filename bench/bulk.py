"""Rows straight into a database: COPY on PostgreSQL, executemany on SQLite, indexes and triggers made afterwards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection

AT_ONCE = 60_000


class Bulk:
    """Collects rows by table and writes them AT_ONCE at a time. Values are as the database takes them, moments as text."""

    def __init__(self) -> None:
        self._rows: dict[str, tuple[Sequence[str], list[Sequence[Any]]]] = {}
        self._waiting = 0

    def add(self, table: str, columns: Sequence[str], row: Sequence[Any]) -> None:
        """One row; `columns` are the same each time for a table."""
        there = self._rows.get(table)
        if there is None:
            there = self._rows[table] = (columns, [])
        there[1].append(row)
        self._waiting += 1
        if self._waiting >= AT_ONCE:
            self.write()

    def write(self) -> None:
        """Write what waits."""
        for table, (columns, rows) in self._rows.items():
            if rows:
                _write(table, columns, rows)
                rows.clear()
        self._waiting = 0


def _write(table: str, columns: Sequence[str], rows: list[Sequence[Any]]) -> None:
    names = ", ".join(f'"{name}"' for name in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            marks = ", ".join("?" for _ in columns)
            cursor.connection.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)
            return
        with cursor.cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)


@contextmanager
def without_ceremony() -> Iterator[None]:
    """Meanwhile no foreign keys are checked, no triggers run and nothing is synced; secondary indexes come after."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA foreign_keys=OFF")
            cursor.execute("PRAGMA synchronous=OFF")
            cursor.execute("PRAGMA cache_size=-1000000")
        else:
            cursor.execute("SET session_replication_role = replica")
            cursor.execute("SET synchronous_commit = off")
            cursor.execute("SET maintenance_work_mem = '1GB'")
        dropped = _drop(cursor)
    yield
    with connection.cursor() as cursor:
        for statement in dropped:
            cursor.execute(statement)
        if connection.vendor == "sqlite":
            cursor.execute("ANALYZE")
            cursor.execute("PRAGMA synchronous=FULL")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            cursor.execute("SET session_replication_role = DEFAULT")
            cursor.execute("VACUUM ANALYZE")
            cursor.execute("CHECKPOINT")


def _drop(cursor: Any) -> list[str]:
    """Drop secondary indexes, and SQLite's triggers; returns the statements that make them again."""
    if connection.vendor == "sqlite":
        cursor.execute(
            "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND type IN ('index', 'trigger')"
        )
    else:
        cursor.execute(
            "SELECT 'index', c.relname, pg_get_indexdef(c.oid) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid "
            "WHERE c.relnamespace = 'public'::regnamespace AND NOT i.indisunique"
        )
    found = cursor.fetchall()
    for kind, name, _ in found:
        cursor.execute(f'DROP {kind} "{name}"')
    return [sql for _, _, sql in found]
