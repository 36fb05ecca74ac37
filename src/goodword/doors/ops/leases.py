"""Leases: who may do a singular job, by the database's own clock, fenced by a token that grows with every taking."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F

from goodword.base.core.clock import database_now
from goodword.base.core.models import Lease
from goodword.base.core.transactions import one_fact


@dataclass(frozen=True, slots=True)
class Held:
    """A lease in hand: only who shows its token may settle it."""

    name: str
    token: int


def not_free(names: Collection[str]) -> set[str]:
    """Those of these leases that somebody holds or whose time has not come. Two statements, whatever is held.

    For who asks often: taking each to see whether it is free writes each time.
    """
    rows = Lease.objects.filter(name__in=names, expires_at__gt=database_now())
    return set(rows.values_list("name", flat=True))


def take(name: str, *, holder: str, last: timedelta) -> Held | None:
    """Take the lease `name` for `last`, if nobody holds it; None when somebody does, or it is not time yet.

    A holder that died is taken over when its time is up.
    """
    with one_fact():
        now = database_now()
        lease, _ = Lease.objects.get_or_create(name=name, defaults={"holder": "", "expires_at": now})
        free = Lease.objects.filter(pk=lease.pk, token=lease.token, expires_at__lte=now)
        taken = free.update(holder=holder, token=F("token") + 1, expires_at=now + last)
    return Held(name, lease.token + 1) if taken else None


def settle(held: Held, *, until: datetime) -> bool:
    """Lay the lease down: nobody may take it before `until`. False when it was taken over meanwhile."""
    mine = Lease.objects.filter(name=held.name, token=held.token)
    return bool(mine.update(holder="", expires_at=until))
