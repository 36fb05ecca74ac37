"""Where an order stands at a moment: decided from what happened by then, on plain values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

STAGES = ("consult", "sign", "deliver", "in_use", "repair", "return", "settle")
"""The codes of FB-3.1a, in the order an order goes through them."""

LEADS_TO = {
    "consulted": "consult",
    "signed": "sign",
    "checked_out": "deliver",
    "sent_out": "deliver",
    "delivered": "in_use",
    "set_up": "in_use",
    "trained": "in_use",
    "repair_started": "repair",
    "repaired": "in_use",
    "return_started": "return",
    "returned": "settle",
    "inspected": "settle",
    "settled": "settle",
}
"""Each event and the stage in which it leaves the order."""

MOMENTS = {
    "signed": "signed_at",
    "delivered": "delivered_at",
    "returned": "returned_at",
    "settled": "settled_at",
}
"""Events that an order also keeps in a column of its own."""


@dataclass(frozen=True, slots=True)
class Course:
    """What is known of an order's course: (event, moment) in any order, and the days of the rental."""

    events: tuple[tuple[str, datetime], ...] = ()
    starts_on: date | None = None
    ends_on: date | None = None


def stage_at(course: Course, *, at: datetime, zone: tzinfo) -> str:
    """The stage at `at`: the newest step by then decides; an event is a step, and so are its days.

    A rental whose last day is over is in return until it came back; one whose first day has come is in use
    only when no delivery is told at all, since a late delivery is what people call about.
    """
    steps = [(moment, STAGES.index(LEADS_TO[event])) for event, moment in course.events]
    if course.ends_on:
        after = datetime.combine(course.ends_on + timedelta(days=1), time(), zone)
        steps.append((after, STAGES.index("return")))
    if course.starts_on and not _tells_of_delivery(event for event, _ in course.events):
        steps.append((datetime.combine(course.starts_on, time(), zone), STAGES.index("in_use")))
    past = [step for step in steps if step[0] <= at]
    return STAGES[max(past)[1]] if past else STAGES[0]


def _tells_of_delivery(events: Iterable[str]) -> bool:
    return any(LEADS_TO[event] in ("deliver", "in_use") for event in events)
