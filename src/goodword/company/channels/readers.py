"""Which channels can read a kept message anew: one whose reading failed, and that a person has another try at."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from .models import InboundMessage

ReadAgain = Callable[[InboundMessage, datetime], object]
"""Reads the message as if it came now, and marks it as read, in the caller's transaction. Raises Invalid where it cannot."""

READERS: dict[str, ReadAgain] = {}


def register_reader(channel: str, read: ReadAgain) -> None:
    """Make known how the channel's kept messages are read. Raises ValueError for a channel that is taken."""
    if READERS.setdefault(channel, read) is not read:
        raise ValueError(f"the reader of {channel} is registered twice")
