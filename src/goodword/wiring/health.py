"""Can deadlines be kept? For `/healthz`, `goodword health`, and the red light on every page.

Ages are told by the database's clock, the one clock of all machines; a process whose own clock is off is a trouble
of its own.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.db.models import Max, Min

from goodword.base.core import clock
from goodword.base.core.models import Heartbeat
from goodword.company.channels.holding import is_held
from goodword.company.channels.queries import oldest_stuck
from goodword.engine.journal.queries import unsealed_since
from goodword.engine.obligations.models import Obligation
from goodword.voice.cases.queries.watching import standing_stop

REMEMBERED_FOR = 2.0
"""Seconds for which a process keeps the answer, so that a page costs no query for it."""
SEALED_EVERY = timedelta(minutes=1)
"""The schedule of the job; an entry waits for the next seal but one at most."""

DATABASE, WORKER, DEADLINES, OUTBOX, SEAL, DISK, CLOCK, UNATTENDED = (
    "database", "worker", "deadlines", "outbox", "seal", "disk", "clock", "unattended",
)  # fmt: skip
COUNTDOWNS_MAY_LIE = frozenset({DATABASE, WORKER, DEADLINES, CLOCK})
"""Troubles with which an alarm may come late."""
BY_CHOICE = frozenset({UNATTENDED})
"""What people are told of while the installation works: no reason to take it out of service."""
WORDS = {
    DATABASE: ("数据库无法使用", "the database cannot be used"),
    WORKER: ("后台停了", "the worker has stopped"),
    DEADLINES: ("到期的时限没有处理", "deadlines that have come are not acted upon"),
    OUTBOX: ("消息积压未发", "messages wait and are not sent"),
    SEAL: ("日志没有按时封存", "the journal is not sealed in time"),
    DISK: ("磁盘快满了", "the disk is nearly full"),
    CLOCK: ("服务器之间时钟不一致", "the machines’ clocks differ"),
    UNATTENDED: (
        "自动派单错得太多，已自行停下，等人恢复",
        "unattended dispatch erred too often and has stopped until a person resumes it",
    ),
}


@dataclass(frozen=True, slots=True)
class Health:
    """ok: no troubles but those of BY_CHOICE. worker_silent_for: seconds since a worker last finished a pass, None for never.

    troubles: codes of WORDS, the gravest first.
    """

    ok: bool
    database: bool
    worker_silent_for: int | None
    troubles: tuple[str, ...]


def health(now: datetime) -> dict[str, Any]:
    """How this installation is, asked anew; `now` is this process's clock. The fields of Health. Never raises."""
    return asdict(_look(now))


def troubles(now: datetime) -> tuple[str, ...]:
    """The troubles there are, at most two seconds old."""
    global _remembered  # noqa: PLW0603 - one answer for the threads of a process; a race asks twice at worst
    asked_at = time.monotonic()
    until, found = _remembered
    if asked_at < until:
        return found
    found = _look(now).troubles
    _remembered = (asked_at + REMEMBERED_FOR, found)
    return found


def forget() -> None:
    """Ask anew at the next page."""
    global _remembered  # noqa: PLW0603 - as above
    _remembered = (0.0, ())


_remembered: tuple[float, tuple[str, ...]] = (0.0, ())


def _look(now: datetime) -> Health:
    try:
        at = clock.database_now()
        ticked_at = Heartbeat.objects.aggregate(last=Max("ticked_at"))["last"]
        found = tuple(_troubles(ticked_at, at=at, now=now))
    except DatabaseError:
        return Health(ok=False, database=False, worker_silent_for=None, troubles=(DATABASE,))
    silent_for = None if ticked_at is None else int(max(at - ticked_at, timedelta()).total_seconds())
    return Health(ok=BY_CHOICE.issuperset(found), database=True, worker_silent_for=silent_for, troubles=found)


def _troubles(ticked_at: datetime | None, *, at: datetime, now: datetime) -> Iterator[str]:
    latest = at - timedelta(seconds=settings.GOODWORD_RED_LIGHT_AFTER)
    if ticked_at is None or ticked_at < latest:
        yield WORKER
    waking_at = Obligation.objects.filter(wake_at__isnull=False).aggregate(first=Min("wake_at"))["first"]
    if waking_at is not None and waking_at < latest:
        yield DEADLINES
    if (stuck := oldest_stuck(at=at)) is not None and stuck < latest and not is_held():
        yield OUTBOX
    if (unsealed := unsealed_since()) is not None and unsealed < latest - 2 * SEALED_EVERY:
        yield SEAL
    if shutil.disk_usage(settings.DATA_DIR).free < settings.GOODWORD_LEAST_FREE_MB * 2**20:
        yield DISK
    if _clocks_differ(at=at, now=now, latest=latest):
        yield CLOCK
    if standing_stop() is not None:
        yield UNATTENDED


def _clocks_differ(*, at: datetime, now: datetime, latest: datetime) -> bool:
    """Whether this process's clock, or that of a living worker, is off from the database's."""
    living = Heartbeat.objects.filter(ticked_at__gte=latest)
    ahead = living.aggregate(most=Max("clock_ahead"), least=Min("clock_ahead"))
    off_by: list[float] = [abs(seconds) for seconds in ahead.values() if seconds is not None]
    may_differ: int = settings.GOODWORD_CLOCK_MAY_DIFFER
    return max([abs((now - at).total_seconds()), *off_by]) > may_differ
