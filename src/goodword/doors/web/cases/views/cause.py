"""Cause: `/cases/<number>/cause/`."""

from __future__ import annotations

from goodword.voice.cases import states as s
from goodword.voice.cases.actions import investigating

from .. import conditions
from ..ability import Ability, calls, within
from ..forms.cause import CauseForm

ABILITY = Ability(
    name="cause",
    zh="认定原因",
    en="Cause",
    icon="target",
    right="cases.investigate",
    possible=within(
        s.INVESTIGATING,
        s.PROPOSED,
        right="cases.investigate",
        also=conditions.investigated,
    ),
    act=calls(investigating.record_cause),
    form=CauseForm,
    leads=frozenset({s.INVESTIGATING}),
)
