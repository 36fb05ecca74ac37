"""Is the work behind the pages going on? For `/healthz`, and for the red light on every page."""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.db.models import Max

from goodword.base.core.models import Heartbeat

REMEMBERED_FOR = 2.0
"""Seconds for which a process keeps the answer, so that a page costs no query for it."""


@dataclass(frozen=True, slots=True)
class Health:
    """ok: everything below is well. worker_silent_for: seconds since a worker last finished a pass, None for never."""

    ok: bool
    database: bool
    worker_silent_for: int | None


def health(now: datetime) -> dict[str, Any]:
    """How this installation is at `now`, asked anew: {"ok", "database", "worker_silent_for"}. Never raises."""
    return asdict(_look(now))


def worker_silent(now: datetime) -> bool:
    """Whether no worker has finished a pass for GOODWORD_RED_LIGHT_AFTER seconds; at most two seconds old."""
    global _remembered  # noqa: PLW0603 - one answer for the threads of a process; a race asks twice at worst
    asked_at = time.monotonic()
    until, silent = _remembered
    if asked_at < until:
        return silent
    silent = not _look(now).ok
    _remembered = (asked_at + REMEMBERED_FOR, silent)
    return silent


def forget() -> None:
    """Ask anew at the next page."""
    global _remembered  # noqa: PLW0603 - as above
    _remembered = (0.0, False)


_remembered: tuple[float, bool] = (0.0, False)


def _look(now: datetime) -> Health:
    try:
        ticked_at = Heartbeat.objects.aggregate(last=Max("ticked_at"))["last"]
    except DatabaseError:
        return Health(ok=False, database=False, worker_silent_for=None)
    if ticked_at is None:
        return Health(ok=False, database=True, worker_silent_for=None)
    silent_for = max(now - ticked_at, timedelta())
    limit = timedelta(seconds=settings.GOODWORD_RED_LIGHT_AFTER)
    return Health(ok=silent_for <= limit, database=True, worker_silent_for=int(silent_for.total_seconds()))
