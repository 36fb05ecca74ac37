"""Take it: `/cases/<number>/assignment/`."""

from __future__ import annotations

from goodword.voice.cases.actions import dispatching

from ..ability import Ability, calls, reaches
from ..conditions import UNDER_WORK
from ..forms.base import CaseForm

ABILITY = Ability(
    name="assignment",
    zh="我来处理",
    en="Take it",
    icon="user-check",
    right="cases.investigate",
    possible=lambda case, actor: (
        case.state in UNDER_WORK
        and case.assignee_id != actor.account_id
        and reaches("cases.investigate")(case, actor)
    ),
    act=calls(dispatching.pick),
    group="more",
    form=CaseForm,
    said=("已由您处理。", "It is yours now."),
)
