"""Colleagues before the same case: who has it open, who is writing to the customer, who answered meanwhile.

A page says every few seconds that it is there. That is written down twice a minute at most, so that a hundred open
pages cost the database three small writes a second; whoever is silent for a minute is gone, and so is his row.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from goodword.base.core.asking import asked_often
from goodword.base.core.inserting import insert_unless_there
from goodword.base.core.updating import update_where
from goodword.base.people.actors import Actor

from .models import Case, Message, Presence

STAYS = timedelta(seconds=60)
RENEWED = timedelta(seconds=30)


def here(case: Case, *, by: Actor, at: datetime, is_writing: bool) -> list[Presence]:
    """Say that somebody is before the case. Returns the others, those who write first. One query, and seldom a write."""
    rows = present(case, at=at)
    own = next((row for row in rows if row.account_id == by.staff_id), None)
    if own is None or own.is_writing != is_writing or at - own.seen_at >= RENEWED:
        named = {"case_id": case.pk, "account_id": by.staff_id}
        if not update_where(Presence, named, {"is_writing": is_writing, "seen_at": at}):
            insert_unless_there(Presence(**named, is_writing=is_writing, seen_at=at))
    return others(rows, by=by)


def present(case: Case, *, at: datetime) -> list[Presence]:
    """Everybody before the case, those who write first. One query."""
    return sorted(_present(case.pk, at - STAYS), key=lambda row: (not row.is_writing, row.account_id))


def others(rows: Sequence[Presence], *, by: Actor) -> list[Presence]:
    """All but the one who asks."""
    return [row for row in rows if row.account_id != by.account_id]


def newest_answer(case: Case) -> int:
    """The key of the newest answer to the customer, 0 for none: what was sent since has a greater one. One query."""
    return next(iter(_newest(case.pk)), 0)


def answers_since(case: Case, message: int, *, by: Actor) -> list[Message]:
    """What colleagues sent the customer since that answer, the oldest first. One query."""
    return [row for row in _since(case.pk, message) if row.by_id != by.account_id]


def forget(now: datetime) -> int:
    """Every minute: rows of those who are gone. How many there were."""
    return Presence.objects.filter(seen_at__lt=now - STAYS).delete()[0]


@asked_often
def _present(case: UUID, since: datetime) -> QuerySet[Presence]:
    return Presence.objects.filter(case=case, seen_at__gt=since).select_related("account__person")


@asked_often
def _newest(case: UUID) -> QuerySet[Message, int]:
    rows = Message.objects.filter(case=case, direction="out", automatic=False)
    return rows.order_by("-pk").values_list("pk", flat=True)[:1]


@asked_often
def _since(case: UUID, message: int) -> QuerySet[Message]:
    rows = Message.objects.filter(case=case, direction="out", automatic=False, pk__gt=message)
    return rows.select_related("by__person").order_by("pk")[:20]
