"""Notices of months ago would bury the inboxes: only those of the last two days are queued, and shown in their time."""

from __future__ import annotations

from datetime import datetime, timedelta

from goodword.company.channels.actions.delivering import deliver
from goodword.company.channels.models import Notice, OutboxMessage
from goodword.engine.journal import reactions
from goodword.engine.journal.models import Entry
from goodword.wiring import case_notices, obligation_notices
from goodword.wiring.reactions import TABLE

KEPT_FOR = timedelta(days=2)
UNSEEN_FOR = timedelta(hours=6)
AT_ONCE = 500
TELLING = {case_notices.__name__, obligation_notices.__name__}


def keep_quiet() -> None:
    """From now on everything reacts but what tells colleagues."""
    reactions.install(
        {kind: tuple(r for r in found if r.__module__ not in TELLING) for kind, found in TABLE.items()}
    )


def speak() -> None:
    """The whole table again."""
    reactions.install(TABLE)


def hand_out(*, now: datetime) -> int:
    """Deliver what was queued, each notice dated by its entry; older ones count as seen. Returns how many."""
    queued = list(OutboxMessage.objects.filter(state="queued"))
    entries = {int(message.dedupe_key.split(":")[1]) for message in queued}
    moments = dict(Entry.objects.filter(pk__in=entries).values_list("pk", "at"))
    for message in queued:
        at = moments[int(message.dedupe_key.split(":")[1])]
        message.payload["at"], message.next_at, message.created_at = at.isoformat(), at, at
    OutboxMessage.objects.bulk_update(queued, ["payload", "next_at", "created_at"], batch_size=AT_ONCE)
    delivered = 0
    while sent := deliver(now=now, worker="demo", limit=AT_ONCE):
        delivered += sent
    Notice.objects.filter(created_at__lt=now - UNSEEN_FOR).update(seen_at=now)
    return delivered
