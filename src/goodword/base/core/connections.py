"""SQLite's connections are kept between requests: opening one reads the whole schema anew, which costs more than a page.

A kept connection would go on with the old file after a restore put another in its place; so each remembers which file
it opened, and is given up when another one lies there.
"""

from __future__ import annotations

import os
from typing import Any

from django.core.signals import request_started
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

_FILE = "goodword_file"


def watch() -> None:
    """Called once, when Django starts."""
    connection_created.connect(_remember_file)
    request_started.connect(forget_replaced_file)


def forget_replaced_file(**_: object) -> None:
    """Close this thread's connection when its file is no longer the one at its path; never inside a transaction."""
    if connection.vendor != "sqlite" or connection.connection is None or connection.in_atomic_block:
        return
    if getattr(connection, _FILE, None) != _file_of(connection):
        connection.close()


def _remember_file(connection: BaseDatabaseWrapper, **_: Any) -> None:  # the signal's own argument
    if connection.vendor == "sqlite":
        setattr(connection, _FILE, _file_of(connection))


def _file_of(connection: BaseDatabaseWrapper) -> tuple[int, int] | None:
    try:
        found = os.stat(connection.settings_dict["NAME"])
    except (OSError, ValueError):
        return None
    return found.st_dev, found.st_ino
