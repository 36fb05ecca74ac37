"""Hand over: `/cases/<number>/handover/`."""

from __future__ import annotations

from goodword.voice.cases.actions import handing_over

from ..ability import Ability, calls, within
from ..conditions import UNDER_WORK
from ..forms.handover import HandoverForm

ABILITY = Ability(
    name="handover",
    zh="交接",
    en="Hand over",
    icon="arrows-exchange",
    right="cases.hand_over",
    possible=within(*UNDER_WORK, right="cases.hand_over"),
    act=calls(handing_over.hand_over),
    form=HandoverForm,
    group="more",
    said=("已交接。", "Handed over."),
)
