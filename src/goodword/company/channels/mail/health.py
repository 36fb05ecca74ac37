"""The light of a mailbox: was it looked into lately, does it fail."""

from __future__ import annotations

from datetime import datetime, timedelta

from .models import Mailbox

STALE_AFTER = timedelta(minutes=15)
"""A look is due each five minutes at the latest."""
RED_AFTER = 3
"""Failures in a row: one or two are a line that was cut."""


def light(box: Mailbox, *, at: datetime) -> str:
    """`closed`, `out_only`, `waiting` (not looked into yet), `failing`, `shaky`, `stale` or `good`."""
    if not box.is_active:
        return "closed"
    if not box.imap_host:
        return "out_only"
    if box.failures >= RED_AFTER:
        return "failing"
    if box.failures:
        return "shaky"
    if box.looked_at is None:
        return "waiting"
    return "stale" if at - box.looked_at > STALE_AFTER else "good"
