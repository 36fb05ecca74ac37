"""Stop waiting: `/cases/<number>/waiting/end/`."""

from __future__ import annotations

from goodword.voice.cases.actions import waiting

from ..ability import Ability, calls, reaches
from ..forms.base import CaseForm

ABILITY = Ability(
    name="waiting/end",
    zh="结束等待",
    en="Stop waiting",
    icon="player-play",
    right="cases.reply",
    possible=lambda case, actor: case.waiting_since is not None and reaches("cases.reply")(case, actor),
    act=calls(waiting.end),
    group="",
    form=CaseForm,
    said=("时限继续走。", "The clocks run on."),
)
