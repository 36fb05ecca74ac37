"""Not reached: `/cases/<number>/callback-attempts/`."""

from __future__ import annotations

from goodword.voice.cases import states as s
from goodword.voice.cases.actions import callback

from ..ability import Ability, calls, within
from ..conditions import called_back_at_all
from ..forms.attempt import AttemptForm

ABILITY = Ability(
    name="callback-attempts",
    zh="回访未接通",
    en="Not reached",
    icon="phone-off",
    right="cases.call_back",
    possible=within(s.DONE, also=called_back_at_all),
    act=calls(callback.attempt),
    form=AttemptForm,
)
