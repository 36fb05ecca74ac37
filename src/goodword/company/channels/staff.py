"""The ways a colleague can be told by besides the inbox; one that is installed registers itself."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from .models import OutboxMessage


@dataclass(frozen=True, slots=True)
class StaffWay:
    """One way to a colleague.

    code: the outbox way's. is_open: whether the company has set it up and switched it on. reaches: which of these
    accounts it has an address for. urgent, ordinary: whether such notices come by it while nobody chose otherwise.
    """

    code: str
    zh: str
    en: str
    is_open: Callable[[], bool]
    reaches: Callable[[Collection[int]], set[int]]
    urgent: bool = True
    ordinary: bool = False


PassOn = Callable[[Sequence[OutboxMessage], datetime], list[OutboxMessage]]
"""From notices that reach inboxes now to further messages, for a group's robot say."""

STAFF_WAYS: dict[str, StaffWay] = {}
PASSED_ON: list[PassOn] = []


def register_staff_way(way: StaffWay) -> StaffWay:
    """Make a way to staff known, beside the outbox's own of the same code. Raises ValueError for a code that is taken."""
    if STAFF_WAYS.setdefault(way.code, way) is not way:
        raise ValueError(f"the way to staff {way.code} is registered twice")
    return way


def register_passing_on(pass_on: PassOn) -> PassOn:
    """Have `pass_on` asked about every notice that reaches an inbox."""
    if pass_on not in PASSED_ON:
        PASSED_ON.append(pass_on)
    return pass_on


def open_ways() -> list[StaffWay]:
    """Those the company has set up."""
    return [way for way in STAFF_WAYS.values() if way.is_open()]
