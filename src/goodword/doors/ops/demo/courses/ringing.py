"""The first hour of an urgent case: the head is rung (FB-3.2b), the customer guided from afar (WM-2.4a)."""

from __future__ import annotations

from datetime import datetime, timedelta

from goodword.voice.cases.actions import phoning, replying
from goodword.voice.cases.models import Case, PhoneTask

from ..plans import Plan
from ..texts import say
from ..world import World
from .opening import Going


def ring(world: World, plan: Plan, case: Case, at: datetime) -> Going:
    """Telephone until somebody in the chain answers; who does not in time is followed by the next."""
    task = case.phone_tasks.filter(state="open").first()
    if task is None:
        return at
    by, answered = world.desk(plan.luck), False
    while not answered:
        called_at = at + timedelta(minutes=plan.luck.uniform(0.8, 4.5))
        if plan.turns("slow call", 0.05):
            called_at += timedelta(minutes=6)
        yield from _moved_on(task, called_at)
        yield called_at
        answered = plan.luck.random() < 0.78
        if plan.hold == "ring":
            answered = False
        phoning.record_call(task, by=by, at=called_at, reached=answered, note="" if answered else "无人接听")
        at = called_at
        if plan.hold == "ring":
            yield datetime.max.replace(tzinfo=at.tzinfo)
    return at


def _moved_on(task: PhoneTask, until: datetime) -> Going:
    """What the worker does while nobody calls: the next in line has the turn."""
    task.refresh_from_db()
    while task.state == "open" and task.next_at is not None and task.next_at < until:
        at = task.next_at
        yield at
        phoning.move_on(at)
        task.refresh_from_db()
    return until


def guide(world: World, plan: Plan, case: Case, at: datetime) -> Going:
    """The customer is called and guided at the device, within half an hour, mostly."""
    late = plan.turns("slow guidance", 0.07)
    at += timedelta(minutes=plan.luck.uniform(32, 50) if late else plan.luck.uniform(2, 14))
    yield at
    by = world.worker(case)
    replying.call_customer(case, by=by, at=at, reached=True, note=say("guidance", plan.luck))
    replying.start_remote_guidance(case, by=by, at=at)
    return at
