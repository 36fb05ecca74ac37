"""A mailbox is watched: looked into, then waited on until the server tells of a mail, or a minute is over."""

from __future__ import annotations

import imaplib
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

import structlog
from django.db import connection
from imap_tools import BaseMailBox
from imap_tools.errors import ImapToolsError

from .actions.keeping import failed, looked
from .actions.taking_in import take_in, take_in_waiting
from .imap import can_idle, imap
from .looking import look
from .models import Mailbox
from .words import said_of

POLLS_EVERY = 60.0
IDLES_FOR = 280.0
"""Seconds; servers and routers forget a silent line after some minutes."""
GLANCE = 1.0
FIRST_REST, LONGEST_REST = 5.0, 600.0
LINE_LASTS = 3600.0
"""Seconds after which a line is made anew, whatever it does: also with another token."""

log = structlog.get_logger(__name__)


def look_once(box: Mailbox, *, now: Callable[[], datetime]) -> int:
    """Take in what waits, and what is new; how many are new. Raises what the line or the log-in raises."""
    take_in_waiting(box, at=now())
    with imap(box) as line:
        return _look(box, line, now)


def watch(box_id: int, stopping: threading.Event, *, now: Callable[[], datetime]) -> None:
    """Watch a mailbox until told to stop, or until it is closed or changed. Nothing that happens to it is raised.

    For a thread of its own: it waits without a connection to the database.
    """
    changed_at: datetime | None = None
    while not stopping.is_set():
        rest = FIRST_REST
        try:
            box = Mailbox.objects.filter(pk=box_id, is_active=True).exclude(imap_host="").first()
            if box is None or (changed_at is not None and box.changed_at != changed_at):
                return
            changed_at = box.changed_at
            rest = _watched(box, stopping, now)
        except (
            Exception
        ):  # the database is away, or something nobody thought of: this mailbox rests, no other
            log.exception("a mailbox cannot be watched", mailbox=box_id)
            rest = POLLS_EVERY
        finally:
            connection.close()
        stopping.wait(rest)


def _watched(box: Mailbox, stopping: threading.Event, now: Callable[[], datetime]) -> float:
    """One line from log-in to its end; how long to rest after it."""
    ends = time.monotonic() + LINE_LASTS
    try:
        take_in_waiting(box, at=now())
        with imap(box) as line:
            while not stopping.is_set() and time.monotonic() < ends:
                _look(box, line, now)
                if not _still(box):
                    return 0.0
                connection.close()
                _wait(line, stopping)
    except (ImapToolsError, imaplib.IMAP4.error, OSError) as problem:
        times = failed(box, said_of(problem), at=now())
        return float(min(FIRST_REST * 2 ** min(times - 1, 10), LONGEST_REST))
    return 0.0


def _look(box: Mailbox, line: BaseMailBox, now: Callable[[], datetime]) -> int:
    count = look(box, line, now=now, kept=lambda mail: take_in(mail, at=now()))
    looked(box, at=now())
    return count


def _still(box: Mailbox) -> bool:
    return Mailbox.objects.filter(pk=box.pk, is_active=True, changed_at=box.changed_at).exists()


def _wait(line: BaseMailBox, stopping: threading.Event) -> None:
    """Until the server tells of something, or it is time to look anyway."""
    if not can_idle(line):
        stopping.wait(POLLS_EVERY)
        return
    ends = time.monotonic() + IDLES_FOR
    line.idle.start()  # type: ignore[no-untyped-call]  # the library says no types here
    while not stopping.is_set() and time.monotonic() < ends:
        began = time.monotonic()
        if line.idle.poll(timeout=GLANCE) or time.monotonic() - began < GLANCE / 2:
            break  # a mail, or the line is dead, which the next command will say
    with suppress(ImapToolsError):
        line.idle.stop()  # type: ignore[no-untyped-call]  # as above
