"""Not the same: `/cases/<number>/duplicates/dismissal/`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from goodword.base.core.errors import NotFound
from goodword.base.people.actors import Actor
from goodword.voice.cases import states as s
from goodword.voice.cases.actions import linking
from goodword.voice.cases.models import Case

from ..ability import Ability, within
from ..forms.duplicate import DuplicateForm


def link(case: Case, facts: Mapping[str, Any], *, by: Actor, at: datetime) -> object:
    """Tie this case to another; the page stays on this one."""
    linking.link(case, facts["other"], by=by, at=at, relation=facts["relation"])
    return None


def dismiss(case: Case, facts: Mapping[str, Any], *, by: Actor, at: datetime) -> object:
    """The two are not the same matter."""
    proposal = case.duplicates.select_related("case", "other").filter(pk=facts["proposal"]).first()
    if proposal is None:
        raise NotFound
    linking.dismiss_duplicate(proposal, by=by, at=at)
    return None


ABILITY = Ability(
    name="duplicates/dismissal",
    zh="不是同一件",
    en="Not the same",
    icon="x",
    right="cases.link",
    possible=within(*s.OPEN, right="cases.link"),
    act=dismiss,
    form=DuplicateForm,
    group="",
)
