"""The light of the hotline: does the call centre speak to us, in time, and is it believed."""

from __future__ import annotations

from datetime import datetime, timedelta

from .models import Line
from .settings import Hotline

RECENTLY = timedelta(hours=1)
SILENT_FOR = timedelta(days=1)
CLOCK_MAY_BE_OFF = 30.0
"""Seconds: beyond, somebody should set the call centre's clock; calls are converted all the same."""


def light(line: Line, chosen: Hotline, *, at: datetime) -> str:
    """`unset`, `waiting` (nothing came yet), `refused`, `unread`, `clock`, `silent` or `good`: the gravest that holds."""
    if not chosen.secret:
        return "unset"
    if line.refused_at is not None and at - line.refused_at < RECENTLY:
        return "refused"
    if line.last_event_at is None:
        return "waiting"
    if line.unread_at is not None and at - line.unread_at < RECENTLY:
        return "unread"
    if abs(line.ahead) > CLOCK_MAY_BE_OFF:
        return "clock"
    return "silent" if at - line.last_event_at > SILENT_FOR else "good"
