"""When database or disk cannot be used: nothing of the request was written, and it may be sent again."""

from __future__ import annotations

import errno
import sqlite3
from dataclasses import dataclass

from django.db import InterfaceError, OperationalError

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
DISK_FULL = "53100"
"""PostgreSQL's SQLSTATE for a disk that is full."""


@dataclass(frozen=True, slots=True)
class Outage:
    """What to answer: an HTTP status, a sentence in both languages, and after how many seconds to try again."""

    code: str
    status: int
    zh: str
    en: str
    again_in: int


AWAY = Outage(
    "outage",
    503,
    "数据库暂时不可用,什么都没有写入。",
    "The database cannot be used for the moment; nothing was written.",
    5,
)
FULL = Outage(
    "no_room",
    507,
    "服务器的存储空间已满,什么都没有写入。",
    "The server has no room left on its disk; nothing was written.",
    30,
)


def outage_of(error: BaseException | None) -> Outage | None:
    """Which outage an exception tells of; None when it is something else."""
    if isinstance(error, OSError) and error.errno in NO_ROOM:
        return FULL
    if isinstance(error, OperationalError | InterfaceError):
        return FULL if _is_full(error.__cause__) else AWAY
    return None


def _is_full(cause: BaseException | None) -> bool:
    if isinstance(cause, sqlite3.Error):
        return getattr(cause, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL
    return getattr(cause, "sqlstate", None) == DISK_FULL
