"""Departments working together (FB-3.2e, CS-3.2b) and the urgent telephone (FB-3.2b)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from goodword.base.core.errors import NotFound
from goodword.base.people.actors import Actor
from goodword.voice.cases import states as s
from goodword.voice.cases.actions import coordinating, phoning
from goodword.voice.cases.models import Case, Help

from ..ability import Ability, calls, holds, within
from ..forms.helping import AnswerHelpForm, AskHelpForm, CoordinateForm, PhoneCallForm, WithdrawHelpForm


def answer_help(case: Case, facts: Mapping[str, Any], *, by: Actor, at: datetime) -> object:
    """The department's answer."""
    return coordinating.answer_help(
        one_help(case, facts["help"]), by=by, at=at, kind=facts["kind"], text=facts["text"]
    )


def withdraw_help(case: Case, facts: Mapping[str, Any], *, by: Actor, at: datetime) -> object:
    """The request is taken back."""
    return coordinating.withdraw_help(one_help(case, facts["help"]), by=by, at=at)


def record_call(case: Case, facts: Mapping[str, Any], *, by: Actor, at: datetime) -> object:
    """The head was rung."""
    task = case.phone_tasks.select_related("case", "department").filter(pk=facts["task"]).first()
    if task is None:
        raise NotFound
    return phoning.record_call(task, by=by, at=at, reached=facts["reached"], note=facts["note"])


def open_helps(case: Case) -> bool:
    """Whether a department still owes an answer."""
    return case.helps.filter(state="open").exists()


def one_help(case: Case, key: UUID) -> Help:
    """A help request of this case."""
    found = case.helps.select_related("case", "department").filter(pk=key).first()
    if found is None:
        raise NotFound
    return found


COORDINATE = Ability(
    name="coordination",
    zh="跨部门协调",
    en="Coordinate",
    icon="users-group",
    right="cases.coordinate",
    possible=within(*s.OPEN, right="cases.coordinate"),
    act=calls(coordinating.coordinate),
    form=CoordinateForm,
    group="more",
    said=("已请相关部门协助。", "The departments are asked."),
)
ASK_HELP = Ability(
    name="help",
    zh="请求协助",
    en="Ask for help",
    icon="help",
    right="cases.hand_over",
    possible=within(*s.OPEN, right="cases.hand_over"),
    act=calls(coordinating.ask_help),
    form=AskHelpForm,
    group="more",
    said=("已请求协助。", "Help is asked for."),
)
ANSWER_HELP = Ability(
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
)
WITHDRAW_HELP = Ability(
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
PHONE = Ability(
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
)
