"""Call to the customer: `/cases/<number>/customer-calls/`."""

from __future__ import annotations

from goodword.voice.cases import states as s
from goodword.voice.cases.actions import replying

from ..ability import Ability, calls, within
from ..forms.call import CallForm

ABILITY = Ability(
    name="customer-calls",
    zh="记录致电客户",
    en="Call to the customer",
    icon="phone-call",
    right="cases.reply",
    possible=within(*s.OPEN, right="cases.reply"),
    act=calls(replying.call_customer),
    form=CallForm,
    group="more",
    meets={"case.called_customer": {"reached": "yes"}, "case.first_proposal_given": {"reached": "yes"}},
)
