"""The way of complaints and requests: investigate, solve, carry out, call back; again when they are not satisfied."""

from __future__ import annotations

from datetime import datetime

from goodword.voice.cases import states
from goodword.voice.cases.models import Case

from ..plans import Plan
from ..player import Course
from ..world import World
from . import carrying, finding_out, opening, ringing, solving, turns

MOST_ROUNDS = 3


def play(world: World, plan: Plan) -> Course:
    """From receipt to closure, with the turns it may take on the way."""
    case, at = yield from opening.begin(world, plan)
    if plan.hold == "start":
        return
    if plan.turns("withdrawn", 0.03):
        yield from turns.withdraw(world, plan, case, at)
        return
    if plan.urgent:
        at = yield from ringing.ring(world, plan, case, at)
        at = yield from ringing.guide(world, plan, case, at)
    else:
        at = yield from opening.respond_first(world, plan, case, at)
    if plan.turns("again", 0.025):
        at = yield from turns.write_again(world, plan, case, at)
    if plan.turns("escalated", 0.02):
        at = yield from turns.escalate(world, plan, case, at)
    for round_no in range(1, MOST_ROUNDS + 1):
        at = yield from _round(world, plan, case, at, is_last=round_no == MOST_ROUNDS)
        if case.state == states.CALLED_BACK:
            at = yield from carrying.close(world, plan, case, at)
            if round_no == MOST_ROUNDS or not plan.turns("reopened", 0.02):
                return
            at = yield from turns.reopen(world, plan, case, at)


def _round(world: World, plan: Plan, case: Case, at: datetime, *, is_last: bool) -> opening.Going:
    at = yield from finding_out.start(world, plan, case, at)
    if plan.hold == "find out":
        yield datetime.max.replace(tzinfo=at.tzinfo)
    at = yield from finding_out.find_out(world, plan, case, at)
    at = yield from solving.solve(world, plan, case, at)
    at = yield from carrying.carry_out(world, plan, case, at)
    at = yield from carrying.call_back(world, plan, case, at, may_fail=not is_last)
    case.refresh_from_db()
    return at
