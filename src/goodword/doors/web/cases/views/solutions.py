"""Propose a solution: `/cases/<number>/solutions/`."""

from __future__ import annotations

from goodword.voice.cases import states as s
from goodword.voice.cases.actions import solving

from ..ability import Ability, calls, within
from ..conditions import investigated
from ..forms.solution import SolutionForm

ABILITY = Ability(
    name="solutions",
    zh="提出方案",
    en="Propose a solution",
    icon="puzzle",
    right="cases.solve",
    possible=within(s.INVESTIGATING, s.PROPOSED, right="cases.solve", also=investigated),
    act=calls(solving.propose),
    form=SolutionForm,
    said=("方案已提出。", "The solution is put forward."),
)
