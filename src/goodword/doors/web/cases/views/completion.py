"""Done: `/cases/<number>/completion/`."""

from __future__ import annotations

from goodword.voice.cases import states as s
from goodword.voice.cases.actions import carrying_out

from ..ability import Ability, calls, within
from ..forms.proof import ProofForm

ABILITY = Ability(
    name="completion",
    zh="办结",
    en="Done",
    icon="checks",
    right="cases.carry_out",
    possible=within(s.CARRYING_OUT, right="cases.carry_out"),
    act=calls(carrying_out.finish),
    form=ProofForm,
    leads=frozenset({s.CARRYING_OUT}),
    said=("已办结，等待独立回访。", "Done; an independent callback follows."),
    meets={"case.done": {}},
)
