"""Sealing: once a minute the worker signs how far the journal has come."""

from __future__ import annotations

from datetime import UTC, datetime

from django.db import OperationalError, connection

from goodword.base.core.transactions import one_fact

from . import chain
from .models import Entry, Seal
from .recording import signing_key

LOCK_NOT_AVAILABLE = "55P03"
WAITS_FOR = "2s"
"""How long writers may be waited for, and made to wait."""


def seal(*, now: datetime) -> Seal | None:
    """Seal what has been written since the last seal.

    None when there is nothing new, or when a transaction that writes lasts too long: then the next minute's seal
    covers it.
    """
    try:
        return _sealed(now)
    except OperationalError as busy:
        if getattr(busy.__cause__, "sqlstate", "") != LOCK_NOT_AVAILABLE:
            raise
        return None


def _sealed(now: datetime) -> Seal | None:
    now = now.astimezone(UTC)  # as it is read again, for the signature
    with one_fact():
        _wait_for_writers()
        last = Seal.objects.order_by("-pk").first()
        since, counted, running = (last.last_id, last.count, last.digest) if last else (0, 0, "")
        fresh = list(Entry.objects.filter(pk__gt=since).order_by("pk").values_list("pk", "digest"))
        if not fresh:
            return None
        last_id, count = fresh[-1][0], counted + len(fresh)
        digest = chain.running_digest(running, [digest for _, digest in fresh])
        before = last.signature if last else ""
        signature = chain.sign(signing_key(), last_id, count, digest, now.isoformat(), before)
        return Seal.objects.create(
            last_id=last_id, count=count, digest=digest, sealed_at=now, before=before, signature=signature
        )


def _wait_for_writers() -> None:
    """Be the only one who writes entries until this transaction ends: an entry with a smaller id, committed after the
    seal, would make the journal look forged. On SQLite the transaction is that already.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, true)", [WAITS_FOR])
            cursor.execute("LOCK TABLE journal_entry IN SHARE MODE")
