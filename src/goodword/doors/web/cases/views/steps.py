"""Step done: `/cases/<number>/steps/`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from goodword.base.core.errors import NotFound
from goodword.base.people.actors import Actor
from goodword.voice.cases import states as s
from goodword.voice.cases.actions import carrying_out
from goodword.voice.cases.models import Case

from ..ability import Ability, within
from ..forms.step import StepForm


def complete_step(case: Case, facts: Mapping[str, Any], *, by: Actor, at: datetime) -> object:
    """Tick off one step of this round."""
    step = case.steps.filter(round_no=case.round_no, number=facts["step"]).first()
    if step is None:
        raise NotFound
    return carrying_out.complete_step(step, by=by, at=at, proof=facts["proof"])


ABILITY = Ability(
    name="steps",
    zh="完成一步",
    en="Step done",
    icon="check",
    right="cases.carry_out",
    possible=within(s.CARRYING_OUT),
    act=complete_step,
    form=StepForm,
    group="",
)
