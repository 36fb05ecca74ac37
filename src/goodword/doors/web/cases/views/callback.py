"""Call back: `/cases/<number>/callback/`."""

from __future__ import annotations

from goodword.voice.cases import states as s
from goodword.voice.cases.actions import callback

from ..ability import Ability, calls, within
from ..conditions import called_back_at_all
from ..forms.callback import CallbackForm

ABILITY = Ability(
    name="callback",
    zh="回访",
    en="Call back",
    icon="phone",
    right="cases.call_back",
    possible=within(s.DONE, also=called_back_at_all),
    act=calls(callback.call_back),
    form=CallbackForm,
    leads=frozenset({s.DONE}),
    said=("回访已记录。", "The callback is written down."),
    meets={"case.called_back": {}},
    beside=("callback-attempts",),
)
