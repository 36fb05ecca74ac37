"""Link: `/cases/<number>/links/`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from goodword.base.people.actors import Actor
from goodword.voice.cases import states as s
from goodword.voice.cases.actions import linking
from goodword.voice.cases.models import Case

from ..ability import Ability, within
from ..forms.link import LinkForm


def link(case: Case, facts: Mapping[str, Any], *, by: Actor, at: datetime) -> object:
    """Tie this case to another; the page stays on this one."""
    linking.link(case, facts["other"], by=by, at=at, relation=facts["relation"])
    return None


ABILITY = Ability(
    name="links",
    zh="关联工单",
    en="Link",
    icon="link",
    right="cases.link",
    possible=within(*s.NAMES, right="cases.link"),
    act=link,
    form=LinkForm,
    group="more",
)
