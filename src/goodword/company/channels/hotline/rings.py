"""FB-2.2a: from how long a telephone rang to how many rings that were, and whether that was soon enough.

China's ring-back is one second of tone and four of silence: the first ring is heard at
once, the fourth begins in the sixteenth second. Cadence and allowance are figures of the clause.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from goodword.base.core.clock import local_day
from goodword.base.worktime.allowance import Allowance
from goodword.base.worktime.queries import current
from goodword.engine.policy.queries import values_of

CLAUSE = "FB-2.2a"
CALENDAR = "hotline"


@dataclass(frozen=True, slots=True)
class Cadence:
    """rings: within how many a call is to be answered. period: seconds from the beginning of one ring to the next."""

    rings: int
    period: float

    def heard(self, seconds: float) -> int:
        """How many rings had begun after so many seconds."""
        return int(max(seconds, 0.0) // self.period) + 1


def cadence(at: datetime) -> Cadence:
    """As the edition that holds on the day of `at` has it."""
    values = values_of(CLAUSE, on=local_day(at))
    period = sum(Allowance.parse(values[name]).seconds or 0 for name in ("ring_sounds", "ring_pauses"))
    return Cadence(int(values["rings"]), float(period))


def outcome(state: str, rings: int | None, *, counted: bool, allowed: int) -> str:
    """What an incoming call counts as; empty while it rings.

    A caller who hangs up while it could still have been answered in time has proved nothing against anybody.
    """
    if state == "ringing":
        return ""
    if not counted:
        return "aside"
    if state == "missed":
        return "gave_up" if rings is not None and rings <= allowed else "missed"
    if rings is None:
        return "unmeasured"
    return "in_time" if rings <= allowed else "late"


def is_open(at: datetime) -> bool:
    """Whether the hotline is attended at that moment, by its own calendar."""
    return current(CALENDAR)[1].is_open(at)
