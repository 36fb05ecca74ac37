"""The customer wrote: `/cases/<number>/customer-messages/`."""

from __future__ import annotations

from goodword.voice.cases import states as s
from goodword.voice.cases.actions import replying

from ..ability import Ability, calls, within
from ..forms.customer_wrote import CustomerWroteForm

ABILITY = Ability(
    name="customer-messages",
    zh="记下客户来话",
    en="The customer wrote",
    icon="message",
    right="cases.reply",
    possible=within(*s.STEPS, s.MERGED),
    act=calls(replying.customer_wrote),
    form=CustomerWroteForm,
    group="more",
)
