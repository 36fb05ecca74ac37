"""Triage: `/cases/<number>/triage/`."""

from __future__ import annotations

from goodword.voice.cases import states as s
from goodword.voice.cases.actions import triaging

from ..ability import Ability, calls, within
from ..forms.triage import TriageForm

ABILITY = Ability(
    name="triage",
    zh="分类分派",
    en="Triage",
    icon="route",
    right="cases.triage",
    possible=within(*triaging.RETRIAGED_IN),
    act=calls(triaging.triage),
    form=TriageForm,
    leads=frozenset({s.RECEIVED}),
    said=("已分类并派出。", "Triaged and dispatched."),
    key="t",
    meets={"case.triaged": {}},
)
