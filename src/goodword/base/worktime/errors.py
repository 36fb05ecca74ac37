"""What the time library refuses, in words a person can act on."""

from __future__ import annotations

from goodword.base.core.errors import Invalid


class WorktimeError(Invalid):
    """A question that has no answer: a negative length, a moment without a zone, a far horizon."""

    code = "worktime"


class CalendarError(WorktimeError):
    """A calendar document that cannot be used: bad zone, overlapping windows, never open, …"""

    code = "calendar"
