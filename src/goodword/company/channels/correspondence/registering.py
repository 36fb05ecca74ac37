"""A channel makes itself known, once, when its app is ready."""

from __future__ import annotations

from ..registry import register
from ..ways import Way
from .actions.sending import send_letter, settle_letter
from .quiet import letters_waiting
from .ways import CHANNELS, CustomerWay


def register_channel(channel: CustomerWay) -> CustomerWay:
    """Make a channel out known, and the outbox's way with it. Raises ValueError for a code that is taken."""
    if CHANNELS.setdefault(channel.code, channel) is not channel:
        raise ValueError(f"the channel {channel.code} is registered twice")
    register(
        Way(
            channel.code,
            send_letter,
            repeatable=channel.repeatable,
            settled=settle_letter,
            waiting=letters_waiting,
        )
    )
    return channel
