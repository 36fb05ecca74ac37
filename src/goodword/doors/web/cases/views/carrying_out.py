"""Carry out: `/cases/<number>/carrying-out/`."""

from __future__ import annotations

from goodword.voice.cases import states as s
from goodword.voice.cases.actions import carrying_out

from ..ability import Ability, calls, within
from ..forms.carrying_out import CarryingOutForm

ABILITY = Ability(
    name="carrying-out",
    zh="开始执行",
    en="Carry out",
    icon="player-play",
    right="cases.carry_out",
    possible=within(s.AGREED, right="cases.carry_out"),
    act=calls(carrying_out.start),
    form=CarryingOutForm,
    leads=frozenset({s.AGREED}),
    meets={"case.carrying_out_started": {}},
)
