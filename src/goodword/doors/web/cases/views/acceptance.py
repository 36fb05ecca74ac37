"""Accept what the reader proposes: `/cases/<number>/acceptance/`."""

from __future__ import annotations

from goodword.voice.cases import states as s
from goodword.voice.cases.actions import accepting

from ..ability import Ability, calls, within
from ..forms.base import CaseForm

ABILITY = Ability(
    name="acceptance",
    zh="采纳分类建议",
    en="Accept the proposal",
    icon="check",
    right="cases.triage",
    possible=within(s.RECEIVED),
    act=calls(accepting.accept),
    form=CaseForm,
    group="",
    said=("已照建议分派。", "Dispatched as proposed."),
)
