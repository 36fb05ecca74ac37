"""Writing down how a connection is, and the light that is made of it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import F

from goodword.base.core.masks import mask_text
from goodword.base.core.transactions import one_fact

from .models import Line

RECENTLY = timedelta(hours=1)


def line_of(channel: str) -> Line:
    """How the channel's connection is; empty before the first message. One query."""
    return Line.objects.filter(channel=channel).first() or Line(channel=channel)


def heard(channel: str, *, at: datetime) -> None:
    """Something came in that was believed."""
    _write(channel, last_in_at=at)


def sent(channel: str, *, at: datetime) -> None:
    """Something was taken by the other side."""
    _write(channel, last_out_at=at)


def failed(channel: str, why: str, *, at: datetime) -> None:
    """A call came to nothing."""
    _write(channel, failed_at=at, failed_for=mask_text(why)[:200])


def refused(channel: str, why: str, *, at: datetime) -> None:
    """A post was turned away."""
    _write(channel, refused=F("refused") + 1, refused_at=at, refused_for=why[:20])


def not_read(channel: str, *, at: datetime) -> None:
    """A post was kept and could not be read."""
    _write(channel, unread=F("unread") + 1, unread_at=at)


def light(line: Line, *, is_set: bool, at: datetime) -> str:
    """`unset`, `failing` (the last call out failed), `refused`, `unread`, `waiting` (nothing came yet) or `good`."""
    if not is_set:
        return "unset"
    if line.failed_at is not None and (line.last_out_at is None or line.failed_at > line.last_out_at):
        return "failing"
    for code, since in (("refused", line.refused_at), ("unread", line.unread_at)):
        if since is not None and at - since < RECENTLY:
            return code
    return "good" if line.last_in_at is not None else "waiting"


def _write(channel: str, **changes: object) -> None:
    with one_fact():
        if not Line.objects.filter(channel=channel).update(**changes):
            Line.objects.get_or_create(channel=channel)
            Line.objects.filter(channel=channel).update(**changes)
