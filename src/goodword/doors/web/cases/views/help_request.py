"""Ask for help: `/cases/<number>/help/`."""

from __future__ import annotations

from goodword.voice.cases import states as s
from goodword.voice.cases.actions import coordinating

from ..ability import Ability, calls, within
from ..forms.ask_help import AskHelpForm

ABILITY = Ability(
    name="help",
    zh="请求协助",
    en="Ask for help",
    icon="help",
    right="cases.hand_over",
    possible=within(*s.OPEN, right="cases.hand_over"),
    act=calls(coordinating.ask_help),
    form=AskHelpForm,
    group="more",
    said=("已请求协助。", "Help is asked for."),
)
