"""Withdraw: `/cases/<number>/help/withdrawal/`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from goodword.base.core.errors import NotFound
from goodword.base.people.actors import Actor
from goodword.voice.cases.actions import coordinating
from goodword.voice.cases.models import Case, Help

from ..ability import Ability, holds
from ..conditions import open_helps
from ..forms.withdraw_help import WithdrawHelpForm


def one_help(case: Case, key: UUID) -> Help:
    """A help request of this case."""
    found = case.helps.select_related("case", "department").filter(pk=key).first()
    if found is None:
        raise NotFound
    return found


def withdraw_help(case: Case, facts: Mapping[str, Any], *, by: Actor, at: datetime) -> object:
    """The request is taken back."""
    return coordinating.withdraw_help(one_help(case, facts["help"]), by=by, at=at)


ABILITY = Ability(
    name="help/withdrawal",
    zh="撤回协助请求",
    en="Withdraw",
    icon="x",
    right="cases.hand_over",
    possible=holds(open_helps),
    act=withdraw_help,
    form=WithdrawHelpForm,
    group="",
    said=("已撤回。", "Withdrawn."),
)
