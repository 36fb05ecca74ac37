"""Withdrawn by the customer: `/cases/<number>/withdrawal/`."""

from __future__ import annotations

from goodword.voice.cases import states as s
from goodword.voice.cases.actions import withdrawing

from ..ability import Ability, calls, within
from ..forms.reason import ReasonForm

ABILITY = Ability(
    name="withdrawal",
    zh="客户撤回",
    en="Withdrawn by the customer",
    icon="arrow-back-up",
    right="cases.reply",
    possible=within(*(s.OPEN - {s.CALLED_BACK}), right="cases.reply"),
    act=calls(withdrawing.withdraw),
    form=ReasonForm,
    group="more",
    said=("已撤回。", "Withdrawn."),
)
