"""What another side lets us do only so often (20 messages a minute a robot), counted once for all processes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from goodword.base.core.transactions import one_fact

from .models import Quota


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` within any `per`."""

    most: int
    per: timedelta


def take(name: str, limits: Sequence[Limit], *, at: datetime) -> datetime | None:
    """Take one of what `name` may do; None: it is ours. Else the moment from which there is one again.

    Exact over every stretch of time, not over minutes of the clock: the moments of the last ones are kept. Effects:
    one row, in a commit of its own.
    """
    stamp = at.timestamp()
    longest = max(limit.per for limit in limits).total_seconds()
    with one_fact():
        Quota.objects.get_or_create(name=name)
        row = Quota.objects.select_for_update().get(name=name)
        taken = [moment for moment in row.taken if moment > stamp - longest]
        free_at = max((_free_at(taken, limit, stamp) for limit in limits), default=stamp)
        if free_at > stamp:
            return datetime.fromtimestamp(free_at, UTC)
        row.taken = [*taken, stamp]
        row.save(update_fields=["taken"])
    return None


def _free_at(taken: Sequence[float], limit: Limit, stamp: float) -> float:
    """From when one more keeps within the limit."""
    length = limit.per.total_seconds()
    lately = sorted(moment for moment in taken if moment > stamp - length)
    return stamp if len(lately) < limit.most else lately[-limit.most] + length
