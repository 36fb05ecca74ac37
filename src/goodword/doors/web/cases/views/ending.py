"""The callback, closing, reopening, withdrawing."""

from __future__ import annotations

from goodword.voice.cases import states as s
from goodword.voice.cases.actions import callback, closing, rounds, withdrawing
from goodword.voice.cases.models import Case

from ..ability import Ability, calls, within
from ..forms.base import CaseForm
from ..forms.ending import AttemptForm, CallbackForm
from ..forms.talking import ReasonForm, ReopenForm


def called_back_at_all(case: Case) -> bool:
    """Whether this kind of feedback is called back: it went the long way."""
    return case.kind not in s.SHORT_WAY


CALL_BACK = Ability(
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
)
ATTEMPT = Ability(
    name="callback-attempts",
    zh="回访未接通",
    en="Not reached",
    icon="phone-off",
    right="cases.call_back",
    possible=within(s.DONE, also=called_back_at_all),
    act=calls(callback.attempt),
    form=AttemptForm,
)
GIVE_UP = Ability(
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
CLOSE = Ability(
    name="closure",
    zh="关闭",
    en="Close",
    icon="lock",
    right="cases.close",
    possible=within(s.DONE, s.CALLED_BACK, right="cases.close"),
    act=calls(closing.close),
    leads=frozenset({s.CALLED_BACK, s.DONE}),
    form=CaseForm,
    said=("已关闭。", "Closed."),
)
REOPEN = Ability(
    name="reopening",
    zh="重新打开",
    en="Reopen",
    icon="lock-open",
    right="cases.reopen",
    possible=within(s.CLOSED, s.WITHDRAWN, right="cases.reopen"),
    act=calls(rounds.reopen),
    form=ReopenForm,
    said=("已重新打开。", "Reopened."),
)
WITHDRAW = Ability(
    name="withdrawal",
    zh="客户撤回",
    en="Withdrawn by the customer",
    icon="arrow-back-up",
    right="cases.reply",
    possible=within(*(s.OPEN - {s.CALLED_BACK}), right="cases.reply"),
    act=calls(withdrawing.withdraw),
    form=ReasonForm,
    group="more",
    said=("已撤回。", "Withdrawn."),
)
