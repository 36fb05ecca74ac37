"""Merge into another: `/cases/<number>/merger/`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from goodword.base.people.actors import Actor
from goodword.voice.cases import states as s
from goodword.voice.cases.actions import merging
from goodword.voice.cases.models import Case

from ..ability import Ability, within
from ..forms.other_case import OtherCaseForm


def merge(case: Case, facts: Mapping[str, Any], *, by: Actor, at: datetime) -> Case:
    """This case goes on as part of the other, whose page comes next."""
    target: Case = facts["other"]
    merging.merge(case, into=target, by=by, at=at)
    return target


ABILITY = Ability(
    name="merger",
    zh="并入其他工单",
    en="Merge into another",
    icon="subtask",
    right="cases.merge",
    possible=within(*(s.OPEN - {s.CALLED_BACK}), right="cases.merge"),
    act=merge,
    form=OtherCaseForm,
    group="more",
    part="web/cases/parts/merger.html",
    said=("已并入这个工单。", "Merged into this case."),
)
