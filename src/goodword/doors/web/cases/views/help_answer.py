"""Answer: `/cases/<number>/help/answer/`."""

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
from ..forms.answer_help import AnswerHelpForm


def one_help(case: Case, key: UUID) -> Help:
    """A help request of this case."""
    found = case.helps.select_related("case", "department").filter(pk=key).first()
    if found is None:
        raise NotFound
    return found


def answer_help(case: Case, facts: Mapping[str, Any], *, by: Actor, at: datetime) -> object:
    """The department's answer."""
    return coordinating.answer_help(
        one_help(case, facts["help"]), by=by, at=at, kind=facts["kind"], text=facts["text"]
    )


ABILITY = Ability(
    name="help/answer",
    zh="答复协助请求",
    en="Answer",
    icon="send",
    right="cases.answer_help",
    possible=holds(open_helps),
    act=answer_help,
    form=AnswerHelpForm,
    group="",
    said=("已答复。", "Answered."),
    meets={"help.answered": {}},
    part="web/cases/parts/helps.html",
)
