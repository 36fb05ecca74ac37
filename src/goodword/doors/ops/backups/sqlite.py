"""SQLite's part: a copy through the backup API, never of the live file, which loses rows of the log beside it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connection, connections

MEMBER = "database.sqlite3"


@contextmanager
def dumped(folder: Path) -> Iterator[tuple[Path, dict[str, int]]]:
    """A consistent copy in `folder`, and its rows by table."""
    copy = folder / MEMBER
    connection.ensure_connection()
    with closing(sqlite3.connect(copy)) as target:
        connection.connection.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")
    yield copy, counted(copy)


def counted(file: Path) -> dict[str, int]:
    """Rows by table."""
    with closing(sqlite3.connect(file)) as database:
        found = database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
        )
        return {
            # nosemgrep: sql-from-pieces - the database's own names of its own tables, quoted
            name: database.execute(f'SELECT COUNT(*) FROM "{name}"').fetchone()[0]  # nosec B608 # noqa: S608 - as above
            for (name,) in found.fetchall()
        }


def put_in_place(file: Path) -> None:
    """Make the live database what `file` holds, held: in one rename, so that there is no moment in between."""
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("DELETE FROM core_setting WHERE name = 'held'")
        database.execute("INSERT INTO core_setting (name, value) VALUES ('held', 'true')")
    with file.open("rb") as written:
        os.fsync(written.fileno())
    live = Path(connection.settings_dict["NAME"])
    connections.close_all()
    for suffix in ("-wal", "-shm"):
        live.with_name(live.name + suffix).unlink(missing_ok=True)
    file.replace(live)
