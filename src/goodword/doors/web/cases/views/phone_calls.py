"""Ring the head: `/cases/<number>/phone-calls/`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from goodword.base.core.errors import NotFound
from goodword.base.people.actors import Actor
from goodword.voice.cases import states as s
from goodword.voice.cases.actions import phoning
from goodword.voice.cases.models import Case

from ..ability import Ability, within
from ..forms.phone_call import PhoneCallForm


def record_call(case: Case, facts: Mapping[str, Any], *, by: Actor, at: datetime) -> object:
    """The head was rung."""
    task = case.phone_tasks.select_related("case", "department").filter(pk=facts["task"]).first()
    if task is None:
        raise NotFound
    return phoning.record_call(task, by=by, at=at, reached=facts["reached"], note=facts["note"])


ABILITY = Ability(
    name="phone-calls",
    zh="电话通知负责人",
    en="Ring the head",
    icon="phone-call",
    right="cases.reply",
    possible=within(*s.OPEN, right="cases.reply"),
    act=record_call,
    form=PhoneCallForm,
    group="",
    said=("已记录。", "Written down."),
    meets={"case.head_reached": {}},
    part="web/cases/parts/phones.html",
)
