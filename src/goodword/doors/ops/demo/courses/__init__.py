"""The ways a case may go, each a generator that yields when it goes on and acts when it is resumed."""

from __future__ import annotations

from ..plans import Plan
from ..player import Course
from ..world import World
from . import long_way, short_way


def course_of(world: World, plan: Plan) -> Course:
    """The whole way of a planned case."""
    if plan.matter.group == "consultations":
        return short_way.consultation(world, plan)
    if plan.matter.group == "valued":
        return short_way.valued(world, plan)
    return long_way.play(world, plan)
