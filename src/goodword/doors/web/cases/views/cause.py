"""Cause: `/cases/<number>/cause/`."""

from __future__ import annotations

from goodword.voice.cases import states as s
from goodword.voice.cases.actions import investigating

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
        also=lambda case: case.rounds.filter(
            number=case.round_no, investigation_started_at__isnull=False
        ).exists(),
    ),
    act=calls(investigating.record_cause),
    form=CauseForm,
    leads=frozenset({s.INVESTIGATING}),
)
