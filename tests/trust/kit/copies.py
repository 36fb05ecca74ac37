"""Copies of a prepared database, cheap enough for one per trial; and what a trial does is done in a fork of its own.

To be used inside an installation (`Installation.do`) by a process that has no connection open and no threads.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection, connections

BESIDE = ("", "-wal", "-shm", "-journal")


def leave() -> None:
    """Let go of every connection, so that forks share none and the database can be copied."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connections.close_all()
    if connection.vendor == "postgresql":
        connection.close_pool()  # type: ignore[attr-defined]  # only PostgreSQL's has one
        connection.settings_dict["OPTIONS"].pop("pool", None)


@contextmanager
def copy(label: str = "trial") -> Iterator[None]:
    """A fresh copy of the prepared database; meanwhile a new connection of this process or a fork leads to it."""
    settings, original = connection.settings_dict, connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        settings["NAME"] = str(Path(original).with_name(f"{label}.sqlite3"))
        remove(settings["NAME"])
        shutil.copyfile(original, settings["NAME"])
    else:
        settings["NAME"] = f"{original}_{label}"
        _maintain(f'DROP DATABASE IF EXISTS "{settings["NAME"]}" WITH (FORCE)')
        _maintain(f'CREATE DATABASE "{settings["NAME"]}" TEMPLATE "{original}"')
    try:
        yield
    finally:
        if connection.vendor == "sqlite":
            remove(settings["NAME"])
        else:
            _maintain(f'DROP DATABASE "{settings["NAME"]}" WITH (FORCE)')
        settings["NAME"] = original


def remove(name: str) -> None:
    """Delete an SQLite file and what lies beside it."""
    for suffix in BESIDE:
        Path(f"{name}{suffix}").unlink(missing_ok=True)


def settled(within: float = 10.0) -> None:
    """Wait until the server has noticed that a killed client is gone: what it left open is rolled back by then."""
    if connection.vendor != "postgresql":
        return
    until = time.monotonic() + within
    with connection.cursor() as cursor:
        others = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        while time.monotonic() < until:
            cursor.execute(others)
            if cursor.fetchone() == (0,):
                return
            time.sleep(0.002)
    raise AssertionError("a killed client's connection is still there")


def apart(act: Callable[[], Any]) -> Any:
    """What `act` returns, as JSON gives it back, done in a fork: this process opens no connection. Raises AssertionError."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        _tell(act, writing)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as stream:
        text = stream.read()
    os.waitpid(child, 0)
    said = json.loads(text)
    if "failed" in said:
        raise AssertionError(said["failed"])
    return said["found"]


def _tell(act: Callable[[], Any], writing: int) -> None:
    try:
        said = {"found": act()}
    except BaseException:
        said = {"failed": traceback.format_exc()}
    with os.fdopen(writing, "w", encoding="utf-8") as stream:
        json.dump(said, stream, default=str)
    sys.stderr.flush()
    os._exit(0)


def _maintain(statement: str) -> None:
    """One statement on PostgreSQL outside of the database in question."""
    import psycopg

    settings = connection.settings_dict
    where = {
        "host": settings["HOST"],
        "port": settings["PORT"],
        "user": settings["USER"],
        "password": settings["PASSWORD"],
    }
    known = {name: value for name, value in where.items() if value}
    with psycopg.connect(dbname="postgres", autocommit=True, **known) as server:
        server.execute(statement)
