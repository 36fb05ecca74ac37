"""Wait for the customer: `/cases/<number>/waiting/`."""

from __future__ import annotations

from goodword.voice.cases import states as s
from goodword.voice.cases.actions import waiting

from ..ability import Ability, calls, within
from ..forms.wait import WaitForm

ABILITY = Ability(
    name="waiting",
    zh="等待客户",
    en="Wait for the customer",
    icon="player-pause",
    right="cases.reply",
    possible=within(*s.OPEN, right="cases.reply", also=lambda case: case.waiting_since is None),
    act=calls(waiting.start),
    form=WaitForm,
    group="more",
    said=("已开始等待，允许暂停的时限已停。", "Waiting; the clocks that may stand still do."),
)
