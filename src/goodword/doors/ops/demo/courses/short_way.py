"""The short way: consultations are answered, suggestions and praise acknowledged and assessed."""

from __future__ import annotations

from datetime import datetime, timedelta

from goodword.voice.cases.actions import closing, replying, short_way
from goodword.voice.cases.models import Case

from ..plans import Plan
from ..player import Course
from ..texts import say, verdict
from ..world import World
from . import opening


def consultation(world: World, plan: Plan) -> Course:
    """Answered within a quarter of an hour, mostly; one that cannot wait is called first."""
    case, at = yield from opening.begin(world, plan)
    luck = plan.luck
    if plan.hold == "answer":
        return
    if plan.matter.urgent_need:
        at += timedelta(seconds=luck.randint(60, 400 if luck.random() < 0.2 else 150))
        yield at
        by, offered = world.desk(luck), say("proposals", luck)
        replying.call_customer(case, by=by, at=at, reached=True, first_proposal=offered)
    slow = plan.turns("slow answer", 0.07)
    at += timedelta(minutes=luck.uniform(14, 55) if slow else luck.uniform(1, 5))
    yield at
    words = luck.choice(plan.matter.answers).format(device=plan.device_type)
    by = world.desk(luck)
    short_way.answer(case, by=by, at=at, text=words)
    yield from _close(world, plan, case, at)


def valued(world: World, plan: Plan) -> Course:
    """Thanked for on the day or the next morning, assessed in the week."""
    case, at = yield from opening.begin(world, plan)
    if plan.hold == "assess":
        return
    at = world.awake(at + timedelta(minutes=plan.luck.uniform(20, 400)), plan.luck)
    yield at
    short_way.acknowledge(case, by=world.desk(plan.luck), at=at, text=say("thanks", plan.luck))
    at = world.later(at, plan, minutes=700)
    yield at
    luck = plan.luck
    code = "adopt" if plan.matter.kind == "praise" else luck.choices(("adopt", "later", "no"), (4, 4, 2))[0]
    reason = verdict("praise" if plan.matter.kind == "praise" else code, luck)
    by = world.named("lead")
    told = code == "no" or luck.random() < 0.7
    short_way.assess(case, by=by, at=at, verdict=code, reason=reason, told=told)
    yield from _close(world, plan, case, at)


def _close(world: World, plan: Plan, case: Case, at: datetime) -> opening.Going:
    if plan.hold == "close":
        return at
    at += timedelta(minutes=plan.luck.randint(2, 40))
    yield at
    closing.close(case, by=world.named("lead2"), at=at)
    return at
