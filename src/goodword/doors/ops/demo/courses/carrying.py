"""Carrying out what was agreed, with the customer told how far it is, and the callback at its end."""

from __future__ import annotations

from datetime import datetime, timedelta

from goodword.voice.cases.actions import callback, carrying_out, closing
from goodword.voice.cases.models import Case

from ..plans import Plan
from ..texts import say
from ..world import World
from .opening import Going


def carry_out(world: World, plan: Plan, case: Case, at: datetime) -> Going:
    """Steps begun, progress told, each step done, the case done."""
    if plan.hold == "carry out":
        yield datetime.max.replace(tzinfo=at.tzinfo)
    at = world.later(at, plan, minutes=20, urgent=6)
    yield at
    by, luck = world.worker(case), plan.luck
    owner = world.people.get("engineer2") if case.content == "device" else None
    due_at = at + timedelta(hours=3 if plan.urgent else 30)
    steps = [
        {"what": say("steps", luck), "owner": owner, "due_at": due_at}
        for _ in range(luck.choice((1, 1, 2, 3)))
    ]
    carrying_out.start(case, by=by, at=at, steps=steps)
    if plan.hold == "finish":
        yield datetime.max.replace(tzinfo=at.tzinfo)
    slow = plan.turns("slow work", 0.1)
    finished_at = world.later(at, plan, minutes=1500 if slow else 260, urgent=260 if slow else 75)
    at = yield from _told(world, plan, case, at, until=finished_at)
    for step in case.steps.filter(round_no=case.round_no, done_at=None):
        at = max(at, finished_at - timedelta(minutes=luck.randint(1, 12)))
        yield at
        carrying_out.complete_step(step, by=by, at=at, proof=say("proofs", luck))
    at = max(at, finished_at)
    yield at
    carrying_out.finish(case, by=by, at=at, proof=say("proofs", luck))
    return at


def _told(world: World, plan: Plan, case: Case, at: datetime, *, until: datetime) -> Going:
    """Progress told again and again until it is finished, sometimes too late (FB-4.3c)."""
    while True:
        told_at = world.later(at, plan, minutes=500 if plan.luck.random() < 0.08 else 300, urgent=70)
        if told_at >= until:
            return at
        at = told_at
        yield at
        carrying_out.tell_progress(case, by=world.worker(case), at=at, text=say("progress", plan.luck))


def call_back(world: World, plan: Plan, case: Case, at: datetime, *, may_fail: bool) -> Going:
    """The callback by somebody who did not handle the case, after a try or two."""
    if plan.hold == "callback":
        yield datetime.max.replace(tzinfo=at.tzinfo)
    slow = plan.turns("slow callback", 0.07)
    at = world.later(at, plan, minutes=1700 if slow else 420)
    yield at
    by, luck = world.caller(case, plan.luck), plan.luck
    missed = luck.choices((0, 1, 2, 3), (78, 13, 6, 3))[0] if not plan.force else 0
    for _ in range(missed):
        callback.attempt(case, by=by, at=at, note=say("attempts", luck))
        at = world.later(at, plan, minutes=120)
        yield at
    if missed == 3:
        callback.give_up(case, by=by, at=at)
        return at
    happy = not (may_fail and plan.turns("unsatisfied", 0.11))
    words = say("satisfied" if happy else "unsatisfied", luck)
    stars = luck.choices((4, 5), (4, 6))[0] if happy else luck.choice((1, 2, 2, 3))
    quote = happy and stars == 5 and luck.random() < 0.3
    callback.call_back(case, by=by, at=at, solved=happy, satisfaction=stars, words=words, may_quote=quote)
    return at


def close(world: World, plan: Plan, case: Case, at: datetime) -> Going:
    """Closed, by a caller or the lead."""
    if plan.hold == "close":
        yield datetime.max.replace(tzinfo=at.tzinfo)
    at = world.later(at, plan, minutes=8)
    yield at
    closing.close(case, by=world.named("lead2"), at=at)
    return at
