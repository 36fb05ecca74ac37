"""What became of duties, as figures and the lists behind them count it."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

ENDED = ("in_time", "late", "missed", "waived", "superseded", "released")
"""The figures of duties that have ended: each counts in one of them, for ever."""


NOT_IN_TIME = ("late", "overdue", "missed")
"""The figures of what is decided and was not in time."""


def outcomes(now: datetime) -> dict[str, Q]:
    """What each figure of a tally counts: also the list behind the figure.

    late: it ended after its due time, whether met, released or superseded: late is for ever, so withdrawing, merging
    or classifying anew does not wash it off; only a waiver, with its reason, takes it out. overdue: of the open ones
    those past due; a clock that stands still cannot run out.
    """
    ended, was_late = Q(state__in=["met", "superseded", "released"]), Q(breached_at__isnull=False)
    return {
        "in_time": Q(state="met", breached_at=None),
        "late": ended & was_late,
        "overdue": Q(state="open") & (was_late | Q(due_at__lt=now, wake_at__isnull=False)),
        "open": Q(state="open"),
        "missed": Q(state="missed"),
        "waived": Q(state="waived"),
        "superseded": Q(state="superseded", breached_at=None),
        "released": Q(state="released", breached_at=None),
    }
