"""Answer: `/cases/<number>/answer/`."""

from __future__ import annotations

from goodword.voice.cases import states as s
from goodword.voice.cases.actions import short_way

from ..ability import Ability, calls, within
from ..conditions import asks
from ..forms.written import WrittenForm

ABILITY = Ability(
    name="answer",
    zh="答复咨询",
    en="Answer",
    icon="message-circle",
    right="cases.answer",
    possible=within(*s.BEFORE_SOLUTION, right="cases.answer", also=asks),
    act=calls(short_way.answer),
    form=WrittenForm,
    leads=s.BEFORE_SOLUTION,
    said=("已答复，可以关闭。", "Answered; it can be closed."),
    meets={"case.answered": {}},
)
