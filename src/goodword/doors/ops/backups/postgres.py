"""PostgreSQL's part: its own pg_dump and pg_restore, on one snapshot with the counts."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection, connections, transaction

from goodword.base.core.environment import ConfigurationError

MEMBER = "database.dump"


@contextmanager
def dumped(folder: Path) -> Iterator[tuple[Path, dict[str, int]]]:
    """A dump in `folder`, and the rows by table on the very same snapshot."""
    program = _program("pg_dump")
    dump = folder / MEMBER
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT pg_export_snapshot()")
        (snapshot,) = cursor.fetchone()
        tables = counted()
        _run([program, "--format=custom", "--no-owner", f"--snapshot={snapshot}", f"--file={dump}"])
    yield dump, tables


def counted() -> dict[str, int]:
    """Rows by table."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename"
        )
        names = [name for (name,) in cursor.fetchall()]
        tables = {}
        for name in names:
            # nosemgrep: sql-from-pieces - the database's own names of its own tables, quoted
            cursor.execute(f'SELECT COUNT(*) FROM "{name}"')  # nosec B608 # noqa: S608 - as above
            (tables[name],) = cursor.fetchone()
    return tables


def put_in_place(file: Path) -> None:
    """Make the live database what `file` holds: all of it or nothing."""
    program = _program("pg_restore")
    connections.close_all()
    name = connection.settings_dict["NAME"]
    options = ["--clean", "--if-exists", "--no-owner", "--single-transaction", "--exit-on-error"]
    _run([program, *options, f"--dbname={name}", str(file)])


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise ConfigurationError(
            f"{name} is not here: install PostgreSQL's client programs of the server's version"
        )
    return found


def _run(command: list[str]) -> None:
    """Run one of PostgreSQL's programs on our database; the password goes by the environment, never by the line."""
    done = subprocess.run(  # noqa: S603 - a fixed program found on the path, no shell
        command,
        env={**os.environ, **_where(connection.settings_dict)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = done.stderr.strip().splitlines() or ["no reason given"]
        raise ConfigurationError(f"{Path(command[0]).name} failed: {said[0]}")


def _where(settings: dict[str, Any]) -> dict[str, str]:
    named = {
        "PGHOST": "HOST",
        "PGPORT": "PORT",
        "PGUSER": "USER",
        "PGPASSWORD": "PASSWORD",
        "PGDATABASE": "NAME",
    }
    options = settings.get("OPTIONS", {})
    where = {variable: str(settings[key]) for variable, key in named.items() if settings.get(key)}
    return where | ({"PGSSLMODE": options["sslmode"]} if "sslmode" in options else {})
