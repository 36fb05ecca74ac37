"""Reopen: `/cases/<number>/reopening/`."""

from __future__ import annotations

from goodword.voice.cases import states as s
from goodword.voice.cases.actions import rounds

from ..ability import Ability, calls, within
from ..forms.reopen import ReopenForm

ABILITY = Ability(
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
