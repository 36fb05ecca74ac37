"""Thank: `/cases/<number>/acknowledgement/`."""

from __future__ import annotations

from goodword.voice.cases import states as s
from goodword.voice.cases.actions import short_way

from ..ability import Ability, calls, within
from ..conditions import valued
from ..forms.acknowledge import AcknowledgeForm

ABILITY = Ability(
    name="acknowledgement",
    zh="致谢",
    en="Thank",
    icon="heart",
    right="cases.reply",
    possible=within(*s.OPEN, right="cases.reply", also=valued),
    act=calls(short_way.acknowledge),
    form=AcknowledgeForm,
    meets={"case.acknowledged": {}},
)
