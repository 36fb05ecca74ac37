"""Sealing: once a minute the worker signs how far the journal has come."""

from __future__ import annotations

from datetime import datetime, timedelta

from goodword.base.core.transactions import one_fact

from . import chain
from .models import Entry, Seal
from .recording import signing_key

SETTLED_AFTER = timedelta(seconds=5)


def seal(*, now: datetime) -> Seal | None:
    """Seal what has been written since the last seal; None when there is nothing new.

    Entries younger than five seconds wait for the next seal: on PostgreSQL a slower transaction may still commit
    an entry with a smaller id.
    """
    with one_fact():
        last = Seal.objects.order_by("-pk").first()
        since, counted, running = (last.last_id, last.count, last.digest) if last else (0, 0, "")
        fresh = list(
            Entry.objects.filter(pk__gt=since, recorded_at__lt=now - SETTLED_AFTER)
            .order_by("pk")
            .values_list("pk", "digest")
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
