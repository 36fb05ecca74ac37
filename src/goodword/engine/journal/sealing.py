"""Sealing: once a minute the worker signs how far the journal has come."""

from __future__ import annotations

import time
from datetime import UTC, datetime

from django.db import connection
from django.db.models import Max

from goodword.base.core.transactions import one_fact

from . import chain
from .models import Entry, Seal
from .recording import signing_key

WAITS_FOR = 2.0
"""Seconds for which writers are waited for."""
LOOKED_EVERY = 0.05
WRITERS = (
    "SELECT virtualtransaction FROM pg_locks WHERE relation = 'journal_entry'::regclass AND granted "
    "AND mode = 'RowExclusiveLock' AND pid <> pg_backend_pid() "
    "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)


def seal(*, now: datetime) -> Seal | None:
    """Seal what has been written since the last seal.

    None when there is nothing new, or when a transaction that writes lasts too long: then the next minute's seal
    covers it.
    """
    settled = settled_id()
    if settled is None:
        return None
    now = now.astimezone(UTC)  # as it is read again, for the signature
    with one_fact():
        last = Seal.objects.order_by("-pk").first()
        since, counted, running = (last.last_id, last.count, last.digest) if last else (0, 0, "")
        fresh = list(
            Entry.objects.filter(pk__gt=since, pk__lte=settled).order_by("pk").values_list("pk", "digest")
        )
        if not fresh:
            return None
        last_id, count = fresh[-1][0], counted + len(fresh)
        digest = chain.running_digest(running, [digest for _, digest in fresh])
        before = last.signature if last else ""
        signature = chain.sign(signing_key(), last_id, count, digest, now.isoformat(), before)
        return Seal.objects.create(
            last_id=last_id, count=count, digest=digest, sealed_at=now, before=before, signature=signature
        )


def settled_id() -> int | None:
    """The id up to which every entry that will ever be is there; None without any, or when a writer takes too long.

    An entry with a smaller id, committed after the seal, would make the journal look forged. SQLite gives ids in the order
    of commits. On PostgreSQL whoever has a smaller id holds the table's lock for writing by now: these are waited
    for, and hold up nobody.
    """
    last: int | None = Entry.objects.aggregate(last=Max("pk"))["last"]
    if connection.vendor != "postgresql" or last is None:
        return last
    until, before = time.monotonic() + WAITS_FOR, _writers()
    while before & _writers():
        if time.monotonic() > until:
            return None
        time.sleep(LOOKED_EVERY)
    return last


def _writers() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(WRITERS)
        return {one for (one,) in cursor.fetchall()}
