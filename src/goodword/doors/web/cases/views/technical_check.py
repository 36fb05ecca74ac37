"""Technical check: `/cases/<number>/technical-check/`."""

from __future__ import annotations

from goodword.voice.cases.actions import evidence

from ..ability import Ability, calls
from ..conditions import helping
from ..forms.technical_check import TechnicalCheckForm

ABILITY = Ability(
    name="technical-check",
    zh="技术检测",
    en="Technical check",
    icon="stethoscope",
    right="cases.guide",
    possible=helping("cases.guide"),
    act=calls(evidence.record_technical_check),
    form=TechnicalCheckForm,
)
