"""From the journal to messages: each endpoint is offered every entry once, in order, a little after it was written.

The journal is read behind the facts, so that no fact waits for it and none is missed: up to the id below which nothing
can come in any more.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime

from goodword.base.core.inserting import insert_all
from goodword.base.core.transactions import one_fact
from goodword.engine.journal.models import Entry
from goodword.engine.journal.sealing import settled_id

from ..models import OutboxMessage
from .models import Endpoint

WAY = "webhook"
AT_ONCE = 500


def gather(now: datetime) -> int:
    """The worker's job: queue what endpoints have not been offered yet; how many messages. One query without any."""
    waiting = list(Endpoint.objects.filter(is_on=True).values_list("pk", flat=True))
    settled = settled_id() if waiting else None
    return sum(_offer(pk, settled, now) for pk in waiting) if settled is not None else 0


def _offer(endpoint_id: int, settled: int, now: datetime) -> int:
    with one_fact():
        endpoint = Endpoint.objects.select_for_update().get(pk=endpoint_id)
        fresh = Entry.objects.filter(pk__gt=endpoint.last_id, pk__lte=settled).order_by("pk")
        entries = list(fresh[:AT_ONCE])
        if not endpoint.is_on or not entries:
            return 0
        wanted = [entry for entry in entries if wants(endpoint.kinds, entry.kind)]
        insert_all([_message(endpoint, entry, now) for entry in wanted], unless_there=True)
        Endpoint.objects.filter(pk=endpoint.pk).update(last_id=entries[-1].pk)
    return len(wanted)


def wants(kinds: Collection[str], kind: str) -> bool:
    """Whether a list of kinds and families has this one."""
    return kind in kinds or f"{kind.partition('.')[0]}.*" in kinds


def _message(endpoint: Endpoint, entry: Entry, now: datetime) -> OutboxMessage:
    """What it is told: ids, numbers, codes. Facts of the journal hold no personal text."""
    data = {"subject_type": entry.subject_type, "subject_id": entry.subject_id, "number": entry.number}
    told = {"entry": entry.pk, "type": entry.kind, "timestamp": entry.at.astimezone(UTC).isoformat()}
    payload = {"endpoint": endpoint.pk, **told, "data": {**data, "facts": entry.facts}}
    key = f"{prefix(endpoint.pk)}{entry.pk:012d}"
    return OutboxMessage(way=WAY, payload=payload, dedupe_key=key, next_at=now, created_at=now)


def prefix(endpoint_id: int) -> str:
    """How the keys of an endpoint's messages begin: they sort by endpoint, then by entry."""
    return f"{WAY}:{endpoint_id:06d}:"


def sent_to(endpoint_id: int, *, limit: int) -> list[OutboxMessage]:
    """The newest messages of an endpoint, by the keys' index."""
    rows = OutboxMessage.objects.filter(
        dedupe_key__gte=prefix(endpoint_id), dedupe_key__lt=prefix(endpoint_id + 1)
    )
    return list(rows.order_by("-dedupe_key")[:limit])
