"""Whose turn it is: messages of one series leave one after the other, however many workers there are.

A letter that is being sent, or waits for its next try, holds back those after it. One that may not go yet (quiet hours,
the other side's limit) holds back none: what is urgent, or answers somebody who just wrote, goes meanwhile.
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from .models import OPEN, OutboxMessage

Rows = QuerySet[OutboxMessage]


def in_turn(rows: Rows, *, at: datetime) -> Rows:
    """Those of `rows` that nothing before them in their series holds back; what was begun had its turn already."""
    before = _to_leave().filter(_holds_back(at), series=OuterRef("series"), pk__lt=OuterRef("pk"))
    return rows.filter(Q(series=None) | Q(state="sending") | ~Exists(before))


def judge_anew(series: str, *, at: datetime) -> None:
    """What waits in this series is asked again now whether it may go, in the order it was written."""
    OutboxMessage.objects.filter(series=series, state="queued", next_at__gt=at).update(next_at=at)


def _to_leave() -> Rows:
    """Said beside `_holds_back`, in the words the index can be searched by."""
    return OutboxMessage.objects.filter(state__in=OPEN)


def _holds_back(at: datetime) -> Q:
    return Q(state__in=["sending", "failed"]) | Q(state="queued", next_at__lte=at)
