"""The short way: a consultation is answered, a suggestion or praise acknowledged and assessed."""

from __future__ import annotations

from goodword.voice.cases import states as s
from goodword.voice.cases.actions import short_way
from goodword.voice.cases.models import Case

from ..ability import Ability, calls, within
from ..forms.ending import AcknowledgeForm, AssessForm
from ..forms.talking import WrittenForm


def asks(case: Case) -> bool:
    """Whether it is a consultation."""
    return case.kind == "consultation"


def valued(case: Case) -> bool:
    """Whether it is a suggestion or praise."""
    return case.kind in short_way.VALUED


ANSWER = Ability(
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
)
ACKNOWLEDGE = Ability(
    name="acknowledgement",
    zh="致谢",
    en="Thank",
    icon="heart",
    right="cases.reply",
    possible=within(*s.OPEN, right="cases.reply", also=valued),
    act=calls(short_way.acknowledge),
    form=AcknowledgeForm,
)
ASSESS = Ability(
    name="assessment",
    zh="评估",
    en="Assess",
    icon="scale",
    right="cases.assess",
    possible=within(*s.BEFORE_SOLUTION, right="cases.assess", also=valued),
    act=calls(short_way.assess),
    form=AssessForm,
    leads=s.BEFORE_SOLUTION,
)
