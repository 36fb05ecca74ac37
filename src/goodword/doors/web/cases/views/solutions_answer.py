"""The customer’s answer: `/cases/<number>/solutions/answer/`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from goodword.base.people.actors import Actor
from goodword.voice.cases import states as s
from goodword.voice.cases.actions import solving
from goodword.voice.cases.models import Case

from ..ability import Ability, within
from ..conditions import discussed, standing
from ..forms.answer import AnswerForm


def customer_answers(case: Case, facts: Mapping[str, Any], *, by: Actor, at: datetime) -> object:
    """Take the customer's answer to it."""
    return solving.customer_answers(standing(case), by=by, at=at, **facts)


ABILITY = Ability(
    name="solutions/answer",
    zh="客户答复",
    en="The customer’s answer",
    icon="user-check",
    right="cases.reply",
    possible=within(s.PROPOSED, right="cases.reply", also=discussed),
    act=customer_answers,
    form=AnswerForm,
    leads=frozenset({s.PROPOSED}),
)
