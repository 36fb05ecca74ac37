"""Chats and cases: when somebody begins to wait for a person (FB-2.2b), when they are answered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from goodword.base.core.clock import local_day
from goodword.base.people.actors import SYSTEM
from goodword.base.people.queries import actor_for
from goodword.base.worktime.allowance import Allowance
from goodword.company.channels.app.actions import turning
from goodword.company.channels.app.queries import newest_turn, waiting_among
from goodword.company.channels.app.settings import box
from goodword.company.channels.correspondence.arriving import Arrived
from goodword.engine.journal.models import Entry
from goodword.engine.journal.reactions import together
from goodword.engine.policy.queries import values_of
from goodword.voice.cases.models import Case

CLAUSE = "FB-2.2b"


def begins_to_wait(arrived: Arrived, case: Case, *, last_word_at: datetime | None) -> None:
    """A word arrived, in its transaction: at the first of a conversation, and the first after a pause, the clock starts.

    last_word_at: when anybody of either side spoke before; None for a new case.
    """
    values = values_of(CLAUSE, on=local_day(arrived.at))
    if not arrived.is_talk or arrived.channel not in values["channels"]:
        return
    before = newest_turn(case.pk)
    in_hours = box().answers_at(arrived.at)
    if before is not None and before.ended_at is None:
        if before.in_hours or not in_hours:
            return
        turning.over(case.pk, at=arrived.at)  # they speak again, now that somebody is there
    elif before is not None and last_word_at is not None:
        pause = Allowance.parse(values["pause"]).seconds or 0
        if (arrived.at - last_word_at).total_seconds() < pause:
            return  # the talk goes on
    turning.asked(case.pk, channel=arrived.channel, in_hours=in_hours, at=arrived.at)


def person_spoke(entry: Entry) -> None:
    """A colleague answered on a channel of the clause, or spoke with the customer on the telephone."""
    channels = values_of(CLAUSE, on=local_day(entry.at))["channels"]
    if entry.facts.get("channel") not in channels and entry.facts.get("outcome") != "reached":
        return
    by = actor_for(entry.by, at=entry.at) if entry.by is not None else SYSTEM
    turning.answered(UUID(entry.subject_id), by_id=entry.by_id, by=by, at=entry.at)


@together
def case_over(entries: Sequence[Entry]) -> None:
    """Closed or taken back: nobody waits there any more."""
    waiting = waiting_among({UUID(entry.subject_id) for entry in entries})
    for entry in entries:
        if UUID(entry.subject_id) in waiting:
            turning.over(UUID(entry.subject_id), at=entry.at)


def case_merged(entry: Entry) -> None:
    """They wait at the case it goes on in."""
    turning.goes_on(UUID(entry.subject_id), UUID(entry.facts["target"]), at=entry.at)
