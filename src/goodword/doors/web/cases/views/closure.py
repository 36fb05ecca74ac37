"""Close: `/cases/<number>/closure/`."""

from __future__ import annotations

from goodword.voice.cases import states as s
from goodword.voice.cases.actions import closing

from ..ability import Ability, calls, within
from ..forms.base import CaseForm

ABILITY = Ability(
    name="closure",
    zh="关闭",
    en="Close",
    icon="lock",
    right="cases.close",
    possible=within(s.DONE, s.CALLED_BACK, right="cases.close"),
    act=calls(closing.close),
    leads=frozenset({s.CALLED_BACK, s.DONE}),
    form=CaseForm,
    said=("已关闭。", "Closed."),
)
