"""Decide: `/cases/<number>/solutions/decision/`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from goodword.base.people.actors import Actor
from goodword.voice.cases import states as s
from goodword.voice.cases.actions import compensation
from goodword.voice.cases.models import Case

from ..ability import Ability, within
from ..conditions import standing, waits
from ..forms.decision import DecisionForm


def decide(case: Case, facts: Mapping[str, Any], *, by: Actor, at: datetime) -> object:
    """Decide on the standing solution."""
    return compensation.decide(standing(case), by=by, at=at, **facts)


ABILITY = Ability(
    name="solutions/decision",
    zh="审批方案",
    en="Decide",
    icon="shield-check",
    right="cases.approve",
    possible=within(s.PROPOSED, right="cases.approve", also=waits),
    act=decide,
    form=DecisionForm,
    group="",
    said=("已作出决定。", "Decided."),
    part="web/cases/parts/solution.html",
)
