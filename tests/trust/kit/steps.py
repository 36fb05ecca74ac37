"""Random steps on random cases by random colleagues, with a memory of its own of who handled what.

`World.step` takes one; domain errors are part of life and counted. Nothing here asks the product who may do what.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

from tests.cast import Cast, Member, a_case, a_member, done

from goodword.base.core.errors import DomainError
from goodword.voice.cases.actions import (
    callback,
    carrying_out,
    closing,
    compensation,
    dispatching,
    evidence,
    handing_over,
    investigating,
    merging,
    notes,
    replying,
    rounds,
    solving,
    triaging,
)
from goodword.voice.cases.models import Case, Solution

Act = Callable[["World", Case, Member], Any]
NO_HANDLING = frozenset({"note", "call_back", "attempt", "give_up", "close"})
USUAL = {
    "received": ("triage", "reply", "note"),
    "triaged": ("start", "start", "start", "start", "reply", "hand_over", "pick", "merge"),
    "investigating": ("check", "cause", "propose", "propose"),
    "proposed": ("decide", "decide", "communicate", "answer", "answer", "propose"),
    "agreed": ("carry_out",),
    "carrying_out": ("step", "finish", "finish"),
    "done": ("call_back", "call_back", "call_back", "attempt", "give_up", "reply"),
    "called_back": ("close", "note"),
    "closed": ("reopen", "note"),
    "merged": ("unmerge", "note"),
}
"""What comes next in each state: most steps try one of these, the others anything at all."""


ABLE = {
    "triage": ("intake", "lead"),
    "decide": ("deputy", "technology_head", "lead"),
    "call_back": ("callback",),
    "close": ("callback", "lead"),
    "merge": ("intake", "lead"),
    "reopen": ("lead", "deputy"),
}
"""Who usually does it; the engineer everything else. Two steps of three are theirs, the others anybody's."""


class World:
    """cases: those in play. persons: {case: persons who handled it}. acts: {case: what was let through}.
    done, refused: how often each step was."""

    def __init__(self, cast: Cast, chance: random.Random) -> None:
        self.cast, self.chance, self.at = cast, chance, cast.at
        self.members = [getattr(cast, name) for name in PLAYERS] + second_accounts(cast)
        self.cases: list[Case] = []
        self.persons: defaultdict[Any, set[int]] = defaultdict(set)
        self.acts: defaultdict[Any, list[str]] = defaultdict(list)
        self.done: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()

    def step(self) -> None:
        """One step a minute later: a new case, or an act on one of those in play."""
        self.at += timedelta(minutes=1)
        if not self.cases or self.chance.random() < 0.025:
            case = self._one_more()
            self.cases = [*self.cases[-5:], case]
            return
        case = self.chance.choice(self.cases)
        names = USUAL.get(case.state, ()) if self.chance.random() < 0.85 else ()
        name = self.chance.choice(names or tuple(ACTS))
        able = getattr(self.cast, self.chance.choice(ABLE.get(name, ("engineer",))))
        self.act(name, case, able if self.chance.random() < 0.67 else self.chance.choice(self.members))

    def _one_more(self) -> Case:
        """A case just received, or one that intake and engineer have brought to its callback."""
        ended = self.chance.random() < 0.5
        case = done(self.cast, at=self.at) if ended else a_case(self.cast, at=self.at)
        helpers = (self.cast.intake, self.cast.engineer) if ended else (self.cast.intake,)
        self.persons[case.pk] |= {member.person.pk for member in helpers}
        self.at += timedelta(hours=2) if ended else timedelta()
        return case

    def act(self, name: str, case: Case, member: Member) -> bool:
        """Whether it was let through; then its person is remembered where the act is handling."""
        try:
            ACTS[name](self, case, member)
        except DomainError:
            self.refused[name] += 1
            return False
        else:
            self.done[name] += 1
            self.acts[case.pk].append(f"{name} {member.account.username}")
            if name not in NO_HANDLING:
                self.persons[case.pk].add(member.person.pk)
            return True
        finally:
            case.refresh_from_db()

    def solution(self, case: Case) -> Solution:
        """The latest solution, the only one that can be acted upon."""
        solution = case.solutions.select_related("case", "proposed_by__person").last()
        if solution is None:
            raise DomainError("没有方案", "No solution yet")
        return solution


PLAYERS = ("intake", "lead", "engineer", "technology_head", "callback", "deputy", "warehouse_head")
SECOND = {
    "engineer": ("technology", ("callback", "department_head")),
    "lead": ("service", ("callback", "service_lead")),
    "callback": ("technology", ("engineer",)),
    "deputy": ("technology", ("engineer", "callback")),
    "technology_head": ("service", ("service_lead",)),
}


def second_accounts(cast: Cast) -> list[Member]:
    """Further accounts of the same persons, with the very roles that would tempt them."""
    return [
        a_member(
            "", username=f"{name}_2", department=home, roles=roles, at=cast.at, person=getattr(cast, name).person
        )
        for name, (home, roles) in SECOND.items()
    ]  # fmt: skip


def _triage(world: World, case: Case, member: Member) -> None:
    triaging.triage(
        case,
        by=member.by,
        at=world.at,
        kind="complaint",
        content="device",
        subclass="fault",
        severity="general",
        device_type="摄像机",
        stage="in_use",
        department=world.cast.department("technology"),
        assignee=world.cast.engineer.account,
    )


def _cause(world: World, case: Case, member: Member) -> None:
    investigating.record_cause(
        case,
        by=member.by,
        at=world.at,
        cause="device_aging",
        responsible_party="company",
        note="核对后认定",
        department=case.responsible,
    )


def _propose(world: World, case: Case, member: Member) -> None:
    amount = Decimal(world.chance.choice([0, 900, 5000]))
    solving.propose(
        case,
        by=member.by,
        at=world.at,
        type="replace_same_model",
        what="更换同型号",
        deadline_at=world.at + timedelta(days=1),
        acceptance="可正常使用",
        compensation_kind="voucher" if amount else "",
        compensation_amount=amount,
    )


def _carry_out(world: World, case: Case, member: Member) -> None:
    steps = [{"what": "送换", "owner": world.cast.engineer.account, "due_at": world.at + timedelta(hours=4)}]
    carrying_out.start(case, by=member.by, at=world.at, steps=steps)


def _step(world: World, case: Case, member: Member) -> None:
    step = case.steps.filter(done_at=None).select_related("case").first()
    if step is None:
        raise DomainError("没有步骤", "No step left")
    carrying_out.complete_step(step, by=member.by, at=world.at, proof="已签收")


def _merge(world: World, case: Case, member: Member) -> None:
    other = world.chance.choice(world.cases)
    merging.merge(case, into=other, by=member.by, at=world.at)
    world.persons[other.pk] |= {*world.persons[case.pk], member.person.pk}
    other.refresh_from_db()


def _call_back(world: World, case: Case, member: Member) -> None:
    score = world.chance.choice([5, 5, 2])
    callback.call_back(case, by=member.by, at=world.at, solved=score == 5, satisfaction=score)
    assert member.person.pk not in world.persons[case.pk], f"{member.account} handled {case}"


def _attempt(world: World, case: Case, member: Member) -> None:
    callback.attempt(case, by=member.by, at=world.at)
    assert member.person.pk not in world.persons[case.pk], f"{member.account} handled {case}"


def _give_up(world: World, case: Case, member: Member) -> None:
    callback.give_up(case, by=member.by, at=world.at)
    assert member.person.pk not in world.persons[case.pk], f"{member.account} handled {case}"


def _decide(world: World, case: Case, member: Member) -> None:
    solution = world.solution(case)
    approved = world.chance.random() < 0.8
    compensation.decide(
        solution, by=member.by, at=world.at, approved=approved, note="" if approved else "理由不足"
    )
    assert member.person.pk != solution.proposed_by.person_id, f"{member.account} decided on their own"


ACTS: dict[str, Act] = {
    "triage": _triage,
    "reply": lambda w, c, m: replying.reply(c, by=m.by, at=w.at, text="正在处理。", purpose="answer"),
    "note": lambda w, c, m: notes.note(c, by=m.by, at=w.at, text="看过。"),
    "hand_over": lambda w, c, m: handing_over.hand_over(
        c, by=m.by, at=w.at, department=w.cast.department("technology"), complete=True
    ),
    "pick": lambda w, c, m: dispatching.pick(c, by=m.by, at=w.at),
    "merge": _merge,
    "unmerge": lambda w, c, m: merging.unmerge(c, by=m.by, at=w.at),
    "start": lambda w, c, m: investigating.start(c, by=m.by, at=w.at),
    "check": lambda w, c, m: evidence.record_technical_check(
        c, by=m.by, at=w.at, result="confirmed", what="主板接触不良", remote=True
    ),
    "cause": _cause,
    "propose": _propose,
    "decide": _decide,
    "communicate": lambda w, c, m: solving.communicate(w.solution(c), by=m.by, at=w.at, channel="hotline"),
    "answer": lambda w, c, m: solving.customer_answers(
        w.solution(c), by=m.by, at=w.at, accepted=w.chance.random() < 0.8
    ),
    "carry_out": _carry_out,
    "step": _step,
    "finish": lambda w, c, m: carrying_out.finish(c, by=m.by, at=w.at, proof="客户确认"),
    "call_back": _call_back,
    "attempt": _attempt,
    "give_up": _give_up,
    "close": lambda w, c, m: closing.close(c, by=m.by, at=w.at),
    "reopen": lambda w, c, m: rounds.reopen(c, by=m.by, at=w.at, reason="客户来电:又坏了"),
}
