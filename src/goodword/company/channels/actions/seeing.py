"""Notices are seen."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from ..models import Notice


def mark_seen(account_id: int, *, notices: Iterable[int] | None = None, at: datetime) -> int:
    """Mark the account's notices as seen: those named, all of them by default; returns how many were unseen.

    Another account's notices are never touched, whatever ids are named.
    """
    rows = Notice.objects.filter(account_id=account_id, seen_at=None, created_at__lte=at)
    if notices is not None:
        rows = rows.filter(pk__in=list(notices)[:500])
    return rows.update(seen_at=at)
