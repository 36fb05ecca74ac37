"""Evidence: `/cases/<number>/evidence/`."""

from __future__ import annotations

from goodword.voice.cases.actions import evidence

from ..ability import Ability, calls
from ..conditions import helping
from ..forms.evidence import EvidenceForm

ABILITY = Ability(
    name="evidence",
    zh="补充证据",
    en="Evidence",
    icon="file-text",
    right="cases.investigate",
    possible=helping("cases.investigate"),
    act=calls(evidence.add),
    form=EvidenceForm,
)
