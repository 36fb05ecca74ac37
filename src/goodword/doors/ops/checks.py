"""Is this installation sound? Each check says one line: well, to be watched, or wrong."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core import checks
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection

from goodword.base.core import environment
from goodword.base.language.current import in_force
from goodword.base.worktime.models import CalendarVersion, WorkCalendar
from goodword.company.channels.holding import is_held
from goodword.wiring.administration.second_factor import is_waived
from goodword.wiring.health import WORDS, WORKER, health

from .preparing import pending

FIRST_SAFE_SQLITE = (3, 51, 3)
LEAST_TIMEOUT_MS = 20_000
Level = Literal["ok", "warning", "wrong"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, how it is, and what to do about it."""

    level: Level
    about: str
    said: str


def examine(*, now: datetime) -> Iterator[Finding]:
    """Every finding, in order. What needs the database is left out when there is none."""
    yield from _settings()
    yield _key_file()
    yield _storage()
    yield _language()
    try:
        connection.ensure_connection()
        behind = pending()
    except DatabaseError as problem:
        yield Finding("wrong", "database", f"cannot be reached: {str(problem).strip().splitlines()[0]}")
        return
    yield Finding("ok", "database", f"{connection.vendor}, reachable")
    if connection.vendor == "sqlite":
        yield from _sqlite()
    if behind:
        yield Finding("wrong", "migrations", f"{behind} not applied: goodword migrate")
        return
    yield from _calendars(now.astimezone(ZoneInfo(settings.TIME_ZONE)).date())
    yield from _working(now)
    if is_waived():
        yield Finding(
            "warning", "second factor", "no role has to have one here: a demo, not for customers' data"
        )
    if is_held():
        yield Finding("warning", "held", "nothing is sent to anybody: goodword release")


def _settings() -> Iterator[Finding]:
    for option in environment.OPTIONS:
        given = os.environ.get(option.name, "")
        said = (given and _without_password(given)) or f"{option.default} (default)"
        yield Finding("ok", option.name, said)
    if settings.DEBUG:
        yield Finding(
            "warning", "GOODWORD_DEBUG", "error pages show code and data: never with customers' data"
        )
    if settings.GOODWORD_URL.startswith("https"):
        for found in checks.run_checks(include_deployment_checks=True):
            level: Level = "wrong" if found.level >= checks.ERROR else "warning"
            yield Finding(level, found.id or "django", found.msg)


def _without_password(value: str) -> str:
    head, at, tail = value.rpartition("@")
    scheme, slashes, who = head.partition("://")
    return f"{scheme}://{who.partition(':')[0]}:***@{tail}" if at and slashes and ":" in who else value


def _key_file() -> Finding:
    path = settings.GOODWORD_KEY_FILE
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & 0o077:
        return Finding("wrong", "key file", f"{path} can be read by others (mode {mode:o}): chmod 600")
    return Finding("ok", "key file", f"{path}, readable by its owner only")


def _storage() -> Finding:
    try:
        name = default_storage.save(".check", ContentFile(b"x"))
        default_storage.delete(name)
    except OSError as problem:
        return Finding("wrong", "attachments", f"cannot be stored: {problem}")
    return Finding("ok", "attachments", "can be stored")


def _language() -> Finding:
    held = in_force()
    if held.model is None:
        return Finding("warning", "language", f"messages stay unclassified: {held.problem}")
    said = f"{held.path}, version {held.model.version}"
    return (
        Finding("warning", "language", f"{said}; {held.problem}")
        if held.problem
        else Finding("ok", "language", said)
    )


def _pragma(name: str) -> object:
    with connection.cursor() as cursor:
        # nosemgrep: sql-from-pieces - names of this file; a pragma takes no parameter
        return cursor.execute(f"PRAGMA {name}").fetchone()[0]


def _is_immediate() -> bool:
    return getattr(connection, "transaction_mode", None) == "IMMEDIATE"


_SQLITE: tuple[tuple[str, Callable[[], bool], str], ...] = (
    ("journal_mode", lambda: _pragma("journal_mode") == "wal", "WAL"),
    ("synchronous", lambda: _pragma("synchronous") in {2, 3}, "FULL"),
    ("transaction_mode", _is_immediate, "IMMEDIATE"),
    ("timeout", lambda: int(str(_pragma("busy_timeout"))) >= LEAST_TIMEOUT_MS, "at least 20 s"),
    ("foreign_keys", lambda: _pragma("foreign_keys") == 1, "ON"),
)


def _sqlite() -> Iterator[Finding]:
    """The settings really in force on a connection, not those that were asked for."""
    for name, holds, wanted in _SQLITE:
        yield (
            Finding("ok", f"SQLite {name}", wanted)
            if holds()
            else Finding("wrong", f"SQLite {name}", f"not {wanted}")
        )
    said = f"version {sqlite3.sqlite_version}"
    if sqlite3.sqlite_version_info < FIRST_SAFE_SQLITE:
        said += (
            ": below 3.51.3 several processes can meet the WAL-reset bug; PostgreSQL is recommended for them"
        )
        yield Finding("warning", "SQLite", said)
    else:
        yield Finding("ok", "SQLite", said)


def _calendars(today: date) -> Iterator[Finding]:
    codes = list(WorkCalendar.objects.order_by("code").values_list("code", flat=True))
    if not codes:
        yield Finding("wrong", "calendars", "there are none: goodword migrate")
    for code in codes:
        newest = CalendarVersion.objects.filter(calendar__code=code).order_by("-number").first()
        known = newest.document.get("known_until") if newest else None
        yield _calendar(code, known, today)


def _calendar(code: str, known: str | None, today: date) -> Finding:
    about = f"calendar {code}"
    if known is None or known >= f"{today.year + 1}-12-31":
        return Finding("ok", about, "this year and the next are known")
    if known >= f"{today.year}-12-31":
        said = f"{today.year + 1} is not known yet: due times there are provisional until its holidays are imported"
        return Finding("warning", about, said)
    return Finding("wrong", about, f"known until {known} only: import the holidays of {today.year}")


def _working(now: datetime) -> Iterator[Finding]:
    state = health(now)
    if state["worker_silent_for"] is None:
        yield Finding("warning", "worker", "none has worked here yet: goodword worker")
    else:
        said = f"last heard {state['worker_silent_for']} s ago"
        yield Finding("warning" if WORKER in state["troubles"] else "ok", "worker", said)
    for code in state["troubles"]:
        if code != WORKER:
            yield Finding("wrong", code, WORDS[code][1])
