"""Who sends a message: claimed with a lease, fenced by a token that grows with every claim."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.db.models import F, Q

from goodword.base.core.transactions import one_fact

from .models import OPEN, OutboxMessage
from .turns import in_turn
from .ways import Outcome, Way

LEASE_FOR = timedelta(seconds=45)
"""A sender that died is taken over when it ends: with the worker's next pass, within a minute of the death."""
LEASE_INSIDE_FOR = timedelta(seconds=15)
"""For ways that only write to this database: who is overtaken there is rolled back, and nobody outside was told."""
MOST_ATTEMPTS = 8
NO_WAY = "this way out is not installed"


def claim(
    *, now: datetime, worker: str, limit: int, ways: Mapping[str, Way], which: Q | None = None
) -> list[OutboxMessage]:
    """Claim up to `limit` messages that are due and whose turn it is, the earliest first, in one commit.

    which: of these only. A message whose sender's lease ran out is taken over, with two exceptions that stay in sight: it becomes
    unknown where its way cannot be repeated or it was tried eight times, and dead where it surely never left.
    """
    with one_fact():
        rows = in_turn(
            OutboxMessage.objects.select_for_update(skip_locked=True).filter(claimable(now)), at=now
        )
        if which is not None:
            rows = rows.filter(which)
        due = list(rows.order_by("next_at", "pk")[:limit])
        sendable = [message for message in due if _may_be_sent(message, ways, now=now)]
        for lasting, some in (
            (LEASE_INSIDE_FOR, [m for m in sendable if ways[m.way].inside]),
            (LEASE_FOR, [m for m in sendable if not ways[m.way].inside]),
        ):
            _take(some, until=now + lasting, worker=worker)
    return sendable


def claimable(now: datetime) -> Q:
    """What may be claimed. The states are said once more in front: SQLite uses no partial index where they are bound, and
    would read all that was ever sent at each pass; so it looks up the open ones in the index of all.
    """
    waiting = Q(state__in=["queued", "failed"], next_at__lte=now)
    return Q(state__in=OPEN) & (waiting | Q(state="sending", lease_until__lte=now))


def _may_be_sent(message: OutboxMessage, ways: Mapping[str, Way], *, now: datetime) -> bool:
    """Whether it may be tried (again); what may not be is set aside in sight. The row is locked by the caller."""
    row = OutboxMessage.objects.filter(pk=message.pk)
    way = ways.get(message.way)
    is_last = message.attempts >= MOST_ATTEMPTS
    if way is None:
        state, said = "dead", NO_WAY
    elif message.state == "sending" and not way.inside and (is_last or not way.repeatable):
        # It may have gone: called dead, it would be said once more by another channel.
        state, said = "unknown", "its sender was cut off"
    elif is_last:
        state, said = "dead", message.last_error or "its sender never returned"
    else:
        return True
    row.update(state=state, lease_until=None, last_error=said)
    if way is not None and way.settled is not None:
        way.settled(message, Outcome(state, now, why=said))
    return False


def _take(messages: Sequence[OutboxMessage], *, until: datetime, worker: str) -> None:
    """Lease messages whose rows the caller has locked (on SQLite: the write lock is held)."""
    if not messages:
        return
    OutboxMessage.objects.filter(pk__in=[message.pk for message in messages]).update(
        state="sending",
        attempts=F("attempts") + 1,
        lease_token=F("lease_token") + 1,
        lease_until=until,
        leased_by=worker,
    )
    for message in messages:
        message.state = "sending"
        message.lease_token += 1
        message.attempts += 1


def claim_beside(message: OutboxMessage, which: Q, *, now: datetime, limit: int) -> list[OutboxMessage]:
    """Claim up to `limit` more messages of a claimed one's way, due or not, that may go along with it; in one commit."""
    with one_fact():
        rows = OutboxMessage.objects.select_for_update(skip_locked=True).filter(which)
        waiting = rows.filter(way=message.way, state__in=["queued", "failed"], attempts__lt=MOST_ATTEMPTS)
        found = list(waiting.order_by("next_at", "pk")[:limit])
        _take(found, until=now + LEASE_FOR, worker=message.leased_by)
    return found


def release(messages: Sequence[OutboxMessage]) -> None:
    """Lay claimed messages back as they were, due when they were: this was no try."""
    for message in messages:
        settle(message, "failed" if message.last_error else "queued", attempts=message.attempts - 1)


def is_mine(message: OutboxMessage) -> bool:
    """Whether the claim still holds: nobody has taken the message over since."""
    return OutboxMessage.objects.filter(
        pk=message.pk, state="sending", lease_token=message.lease_token
    ).exists()


def settle(message: OutboxMessage, state: str, **values: object) -> bool:
    """Record the outcome; False when another worker has taken the message over meanwhile."""
    held = OutboxMessage.objects.filter(pk=message.pk, state="sending", lease_token=message.lease_token)
    return bool(held.update(state=state, lease_until=None, leased_by="", **values))


def settle_together(messages: Sequence[OutboxMessage], *, sent_at: datetime) -> list[OutboxMessage]:
    """Record those as sent that nobody has taken over meanwhile, in the caller's transaction; returns them."""
    rows = OutboxMessage.objects.select_for_update().filter(
        pk__in=[message.pk for message in messages], state="sending"
    )
    held = dict(rows.values_list("pk", "lease_token"))
    mine = [message for message in messages if held.get(message.pk) == message.lease_token]
    OutboxMessage.objects.filter(pk__in=[message.pk for message in mine]).update(
        state="sent", lease_until=None, leased_by="", sent_at=sent_at, last_error=""
    )
    return mine
