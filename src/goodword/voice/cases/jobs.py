"""What the worker calls from time to time."""

from __future__ import annotations

from datetime import datetime

from .actions import phoning


def ring_next_in_line(now: datetime) -> int:
    """Every minute: telephone tasks nobody answered go to the next in line (FB-3.2b). How many did."""
    return phoning.move_on(now)
