"""Give the callback up: `/cases/<number>/callback/surrender/`."""

from __future__ import annotations

from goodword.voice.cases import states as s
from goodword.voice.cases.actions import callback

from ..ability import Ability, calls, within
from ..conditions import called_back_at_all
from ..forms.base import CaseForm

ABILITY = Ability(
    name="callback/surrender",
    zh="多次未接通，结束回访",
    en="Give the callback up",
    icon="phone-off",
    right="cases.call_back",
    possible=within(s.DONE, also=called_back_at_all),
    act=calls(callback.give_up),
    group="more",
    form=CaseForm,
)
