"""Who sends a message: claimed with a lease, fenced by a token that grows with every claim."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db.models import F, Q

from goodword.base.core.transactions import one_fact

from .models import OutboxMessage
from .ways import Way

LEASE_FOR = timedelta(seconds=45)
"""A sender that died is taken over when it ends: with the worker's next pass, within a minute of the death."""
LEASE_INSIDE_FOR = timedelta(seconds=15)
"""For ways that only write to this database: who is overtaken there is rolled back, and nobody outside was told."""
MOST_ATTEMPTS = 8
NO_WAY = "this way out is not installed"


def claim(*, now: datetime, worker: str, limit: int, ways: Mapping[str, Way]) -> list[OutboxMessage]:
    """Claim up to `limit` messages that are due, the earliest first, in one commit.

    A message whose sender's lease ran out is taken over, with two exceptions that stay in sight: it becomes
    unknown where its way cannot be repeated, and dead when it was tried eight times.
    """
    with one_fact():
        due = list(OutboxMessage.objects.filter(_due(now)).order_by("next_at", "pk")[:limit])
        return [message for message in due if _take(message, now=now, worker=worker, ways=ways)]


def _due(now: datetime) -> Q:
    waiting = Q(state__in=["queued", "failed"], next_at__lte=now)
    return waiting | Q(state="sending", lease_until__lte=now)


def _take(message: OutboxMessage, *, now: datetime, worker: str, ways: Mapping[str, Way]) -> bool:
    rows = OutboxMessage.objects.filter(_due(now), pk=message.pk, lease_token=message.lease_token)
    way = ways.get(message.way)
    if message.attempts >= MOST_ATTEMPTS:
        rows.update(
            state="dead", lease_until=None, last_error=message.last_error or "its sender never returned"
        )
        return False
    if way is None:
        rows.update(state="dead", lease_until=None, last_error=NO_WAY)
        return False
    if message.state == "sending" and not way.repeatable:
        rows.update(state="unknown", lease_until=None, last_error="its sender was cut off")
        return False
    taken = rows.update(
        state="sending",
        attempts=F("attempts") + 1,
        lease_token=F("lease_token") + 1,
        lease_until=now + (LEASE_INSIDE_FOR if way.inside else LEASE_FOR),
        leased_by=worker,
    )
    message.state, message.lease_token, message.attempts = (
        "sending",
        message.lease_token + 1,
        message.attempts + 1,
    )
    return bool(taken)


def is_mine(message: OutboxMessage) -> bool:
    """Whether the claim still holds: nobody has taken the message over since."""
    return OutboxMessage.objects.filter(
        pk=message.pk, state="sending", lease_token=message.lease_token
    ).exists()


def settle(message: OutboxMessage, state: str, **values: object) -> bool:
    """Record the outcome; False when another worker has taken the message over meanwhile."""
    held = OutboxMessage.objects.filter(pk=message.pk, state="sending", lease_token=message.lease_token)
    return bool(held.update(state=state, lease_until=None, leased_by="", **values))
