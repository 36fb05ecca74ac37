"""Escalate: `/cases/<number>/escalation/`."""

from __future__ import annotations

from goodword.voice.cases import states as s
from goodword.voice.cases.actions import notes

from ..ability import Ability, calls, within
from ..forms.escalate import EscalateForm

ABILITY = Ability(
    name="escalation",
    zh="升级",
    en="Escalate",
    icon="arrow-up",
    right="cases.note",
    possible=within(*s.OPEN),
    act=calls(notes.escalate),
    form=EscalateForm,
    group="more",
    said=("已升级，对方会收到通知。", "Escalated; they are told."),
)
