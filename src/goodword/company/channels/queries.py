"""Reading inboxes and what lies in the outbox."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db.models import Count, Min, QuerySet

from goodword.base.core.asking import asked_often

from .models import TROUBLES, InboundMessage, Notice, OutboxMessage
from .turns import in_turn

MOST_LISTED = 200


def unread(account_id: int, *, limit: int = 50) -> list[Notice]:
    """The account's unseen notices: urgent ones first, then the newest."""
    rows = Notice.objects.filter(account_id=account_id, seen_at=None)
    return list(rows.order_by("-urgent", "-created_at", "-pk")[: min(limit, MOST_LISTED)])


def unread_count(account_id: int) -> int:
    """How many notices the account has not seen; a digest counts once."""
    return sum(_unseen(account_id))


@asked_often
def _unseen(account_id: int) -> QuerySet[Notice, int]:
    rows = Notice.objects.filter(account=account_id, seen_at=None).order_by().values("account")
    return rows.annotate(unseen=Count("pk")).values_list("unseen", flat=True)


def latest(account_id: int, *, limit: int = 50, before_id: int | None = None) -> list[Notice]:
    """The account's notices, seen or not, the newest first; `before_id` begins the next page."""
    rows = Notice.objects.filter(account_id=account_id)
    if before_id is not None:
        rows = rows.filter(pk__lt=before_id)
    return list(rows.order_by("-pk")[: min(limit, MOST_LISTED)])


def in_trouble(
    *,
    states: Collection[str] = ("dead", "unknown"),
    way: str = "",
    before_id: int | None = None,
    limit: int = 50,
) -> list[OutboxMessage]:
    """Messages a person should look at, the newest first; `before_id` begins the next page."""
    rows = OutboxMessage.objects.filter(state__in=TROUBLES).filter(state__in=states)
    if way:
        rows = rows.filter(way=way)
    if before_id is not None:
        rows = rows.filter(pk__lt=before_id)
    return list(rows.select_related("recipient__person").order_by("-pk")[: min(limit, MOST_LISTED)])


def troubles_by_way() -> dict[tuple[str, str], int]:
    """{(way, state): how many messages} of those a person should look at."""
    rows = OutboxMessage.objects.filter(state__in=TROUBLES).order_by().values_list("way", "state")
    return {(way, state): number for way, state, number in rows.annotate(number=Count("pk"))}


def undelivered_count() -> int:
    """How many messages wait for a person's decision: not sent for good, or nobody knows."""
    return OutboxMessage.objects.filter(state__in=["dead", "unknown"]).filter(state__in=TROUBLES).count()


def not_understood(*, before_id: int | None = None, limit: int = 50) -> list[InboundMessage]:
    """What came in and could not be read, without the bytes, the newest first; `before_id` begins the next page."""
    rows = InboundMessage.objects.filter(state="failed").defer("raw")
    if before_id is not None:
        rows = rows.filter(pk__lt=before_id)
    return list(rows.order_by("-pk")[: min(limit, MOST_LISTED)])


def outbox_counts() -> dict[str, int]:
    """How many messages there are in each state that has any."""
    return dict(OutboxMessage.objects.values_list("state").annotate(number=Count("pk")).order_by("state"))


def oldest_stuck(*, at: datetime) -> datetime | None:
    """Since when the message that waits longest should have been sent, or taken over; None when none does."""
    waiting = in_turn(OutboxMessage.objects.filter(state__in=["queued", "failed"], next_at__lte=at), at=at)
    cut_off = OutboxMessage.objects.filter(state="sending", lease_until__lte=at)
    since = (
        waiting.aggregate(first=Min("next_at"))["first"],
        cut_off.aggregate(first=Min("lease_until"))["first"],
    )
    return min((moment for moment in since if moment is not None), default=None)


def due_by(ways: Collection[str], *, at: datetime) -> set[str]:
    """Which of these ways have something to be sent now, whose turn it is, or to be taken over."""
    due_now = OutboxMessage.objects.filter(state__in=["queued", "failed"], next_at__lte=at, way__in=ways)
    waiting = in_turn(due_now, at=at)
    cut_off = OutboxMessage.objects.filter(state="sending", lease_until__lte=at, way__in=ways)
    due: set[str] = set()
    for rows in (waiting, cut_off):
        due.update(rows.order_by().values_list("way", flat=True).distinct())
    return due


def not_parsed(channel: str, *, limit: int = 100) -> list[InboundMessage]:
    """Messages of a channel kept and not yet read, the oldest first."""
    rows = InboundMessage.objects.filter(channel=channel, state="stored")
    return list(rows.order_by("received_at", "pk")[: min(limit, MOST_LISTED)])
