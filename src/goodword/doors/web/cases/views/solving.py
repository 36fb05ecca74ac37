"""Solutions and carrying them out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from goodword.base.core.errors import NotFound
from goodword.base.people.actors import Actor
from goodword.voice.cases import states as s
from goodword.voice.cases.actions import carrying_out, compensation, solving
from goodword.voice.cases.models import Case, Solution

from ..ability import Ability, calls, within
from ..forms.solving import (
    AnswerForm,
    CarryingOutForm,
    CommunicateForm,
    DecisionForm,
    ProofForm,
    SolutionForm,
    StepForm,
)


def standing(case: Case) -> Solution:
    """The solution that stands now: the latest version of this round."""
    found = case.solutions.filter(round_no=case.round_no).order_by("version").last()
    if found is None:
        raise NotFound
    return found


def decide(case: Case, facts: Mapping[str, Any], *, by: Actor, at: datetime) -> object:
    """Decide on the standing solution."""
    return compensation.decide(standing(case), by=by, at=at, **facts)


def communicate(case: Case, facts: Mapping[str, Any], *, by: Actor, at: datetime) -> object:
    """Write down that it was discussed."""
    return solving.communicate(standing(case), by=by, at=at, **facts)


def customer_answers(case: Case, facts: Mapping[str, Any], *, by: Actor, at: datetime) -> object:
    """Take the customer's answer to it."""
    return solving.customer_answers(standing(case), by=by, at=at, **facts)


def complete_step(case: Case, facts: Mapping[str, Any], *, by: Actor, at: datetime) -> object:
    """Tick off one step of this round."""
    step = case.steps.filter(round_no=case.round_no, number=facts["step"]).first()
    if step is None:
        raise NotFound
    return carrying_out.complete_step(step, by=by, at=at, proof=facts["proof"])


def waits(case: Case) -> bool:
    """Whether the standing solution waits for approval."""
    latest = case.solutions.filter(round_no=case.round_no).order_by("version").last()
    return latest is not None and latest.approval == "needed"


def ready(case: Case) -> bool:
    """Whether the standing solution may be discussed with the customer."""
    latest = case.solutions.filter(round_no=case.round_no).order_by("version").last()
    return latest is not None and latest.approval in {"unneeded", "approved"}


def discussed(case: Case) -> bool:
    """Whether it was discussed and has no answer yet."""
    latest = case.solutions.filter(round_no=case.round_no).order_by("version").last()
    return latest is not None and latest.communicated_at is not None and latest.answer == "none"


def investigated(case: Case) -> bool:
    """Whether this round's investigation has begun."""
    return case.rounds.filter(number=case.round_no, investigation_started_at__isnull=False).exists()


PROPOSE = Ability(
    name="solutions",
    zh="提出方案",
    en="Propose a solution",
    icon="puzzle",
    right="cases.solve",
    possible=within(s.INVESTIGATING, s.PROPOSED, right="cases.solve", also=investigated),
    act=calls(solving.propose),
    form=SolutionForm,
    said=("方案已提出。", "The solution is put forward."),
)
DECIDE = Ability(
    name="solutions/decision",
    zh="审批方案",
    en="Decide",
    icon="shield-check",
    right="cases.approve",
    possible=within(s.PROPOSED, right="cases.approve", also=waits),
    act=decide,
    form=DecisionForm,
    group="",
    said=("已作出决定。", "Decided."),
)
COMMUNICATE = Ability(
    name="solutions/communication",
    zh="与客户沟通方案",
    en="Discuss with the customer",
    icon="messages",
    right="cases.reply",
    possible=within(s.PROPOSED, right="cases.reply", also=ready),
    act=communicate,
    form=CommunicateForm,
    leads=frozenset({s.PROPOSED}),
)
ANSWER = Ability(
    name="solutions/answer",
    zh="客户答复",
    en="The customer’s answer",
    icon="user-check",
    right="cases.reply",
    possible=within(s.PROPOSED, right="cases.reply", also=discussed),
    act=customer_answers,
    form=AnswerForm,
    leads=frozenset({s.PROPOSED}),
)
CARRY_OUT = Ability(
    name="carrying-out",
    zh="开始执行",
    en="Carry out",
    icon="player-play",
    right="cases.carry_out",
    possible=within(s.AGREED, right="cases.carry_out"),
    act=calls(carrying_out.start),
    form=CarryingOutForm,
    leads=frozenset({s.AGREED}),
)
STEP = Ability(
    name="steps",
    zh="完成一步",
    en="Step done",
    icon="check",
    right="cases.carry_out",
    possible=within(s.CARRYING_OUT),
    act=complete_step,
    form=StepForm,
    group="",
)
FINISH = Ability(
    name="completion",
    zh="办结",
    en="Done",
    icon="checks",
    right="cases.carry_out",
    possible=within(s.CARRYING_OUT, right="cases.carry_out"),
    act=calls(carrying_out.finish),
    form=ProofForm,
    leads=frozenset({s.CARRYING_OUT}),
    said=("已办结，等待独立回访。", "Done; an independent callback follows."),
)
