"""Start investigating: `/cases/<number>/investigation/`."""

from __future__ import annotations

from goodword.voice.cases import states as s
from goodword.voice.cases.actions import investigating

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
        also=lambda case: (
            not case.rounds.filter(number=case.round_no, investigation_started_at__isnull=False).exists()
        ),
    ),
    act=calls(investigating.start),
    leads=frozenset({s.TRIAGED, s.INVESTIGATING}),
    form=CaseForm,
    said=("已开始调查。", "The investigation has begun."),
)
