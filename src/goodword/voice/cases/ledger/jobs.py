"""What the worker calls: runs that were started and that nobody is carrying on."""

from __future__ import annotations

import time  # a length is measured, no moment is read
from datetime import datetime

from ..models import LedgerRun
from .running import carry_on

AT_A_TIME_FOR = 4.0
"""Seconds of work per call, so that deadlines and notices have their turn in between."""


def work(now: datetime) -> int:
    """Every few seconds: carry the oldest started run on for a while; returns how many rows were taken."""
    run = LedgerRun.objects.filter(state__in=("queued", "running")).order_by("started_at").first()
    if run is None:
        return 0
    before, until = run.done, time.monotonic() + AT_A_TIME_FOR
    carry_on(run, at=now, told=lambda _: time.monotonic() < until)
    return run.done - before
