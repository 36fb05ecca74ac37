"""Assess: `/cases/<number>/assessment/`."""

from __future__ import annotations

from goodword.voice.cases import states as s
from goodword.voice.cases.actions import short_way

from ..ability import Ability, calls, within
from ..conditions import valued
from ..forms.assess import AssessForm

ABILITY = Ability(
    name="assessment",
    zh="评估",
    en="Assess",
    icon="scale",
    right="cases.assess",
    possible=within(*s.BEFORE_SOLUTION, right="cases.assess", also=valued),
    act=calls(short_way.assess),
    form=AssessForm,
    leads=s.BEFORE_SOLUTION,
    meets={"case.assessed": {}},
)
