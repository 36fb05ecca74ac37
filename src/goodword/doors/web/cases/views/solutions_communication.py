"""Discuss with the customer: `/cases/<number>/solutions/communication/`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from goodword.base.people.actors import Actor
from goodword.voice.cases import states as s
from goodword.voice.cases.actions import solving
from goodword.voice.cases.models import Case

from ..ability import Ability, within
from ..conditions import ready, standing
from ..forms.communicate import CommunicateForm


def communicate(case: Case, facts: Mapping[str, Any], *, by: Actor, at: datetime) -> object:
    """Write down that it was discussed."""
    return solving.communicate(standing(case), by=by, at=at, **facts)


ABILITY = Ability(
    name="solutions/communication",
    zh="与客户沟通方案",
    en="Discuss with the customer",
    icon="messages",
    right="cases.reply",
    possible=within(s.PROPOSED, right="cases.reply", also=ready),
    act=communicate,
    form=CommunicateForm,
    leads=frozenset({s.PROPOSED}),
    meets={"case.solution_communicated": {}},
)
