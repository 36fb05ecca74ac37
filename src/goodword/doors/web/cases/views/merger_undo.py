"""Un-merge: `/cases/<number>/merger/undo/`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from goodword.base.people.actors import Actor
from goodword.voice.cases import states as s
from goodword.voice.cases.actions import merging
from goodword.voice.cases.models import Case

from ..ability import Ability, within
from ..forms.base import CaseForm


def unmerge(case: Case, facts: Mapping[str, Any], *, by: Actor, at: datetime) -> object:
    """Take this case out again."""
    return merging.unmerge(case, by=by, at=at, **facts)


ABILITY = Ability(
    name="merger/undo",
    zh="取消合并",
    en="Un-merge",
    icon="unlink",
    right="cases.merge",
    possible=within(s.MERGED, right="cases.merge"),
    act=unmerge,
    form=CaseForm,
    group="",
    said=("已拆出，时限重新计算。", "Taken out; its clocks run again."),
)
