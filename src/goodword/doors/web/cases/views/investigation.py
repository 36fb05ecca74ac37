"""Start investigating: `/cases/<number>/investigation/`."""

from __future__ import annotations

from goodword.voice.cases import states as s
from goodword.voice.cases.actions import investigating

from .. import conditions
from ..ability import Ability, calls, within
from ..forms.base import CaseForm

ABILITY = Ability(
    name="investigation",
    zh="启动调查",
    en="Start investigating",
    icon="search",
    right="cases.investigate",
    possible=within(
        s.TRIAGED,
        s.INVESTIGATING,
        right="cases.investigate",
        also=lambda case: not conditions.investigated(case),
    ),
    act=calls(investigating.start),
    leads=frozenset({s.TRIAGED, s.INVESTIGATING}),
    form=CaseForm,
    said=("已开始调查。", "The investigation has begun."),
    meets={"case.investigation_started": {}},
)
