"""What a case still lacks before it may be closed, as one human sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from django.db.models import Exists, QuerySet

from goodword.base.core.asking import asked_often
from goodword.base.core.errors import Refused
from goodword.engine.policy.queries import all_clauses

from ..models import Callback, Case, Round, Solution
from ..queries.obligations import open_of

LONG_WAY = frozenset({"complaint", "request"})
ASSESSED = frozenset({"suggestion", "praise"})
TOLD_AS = ("answer", "opinion")
"""The purposes with which a person really tells the customer how it was decided."""


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is still to be done, in words that go on after "还差" / "still missing:"."""

    zh: str
    en: str
    clauses: tuple[str, ...]


def missing(case: Case) -> list[Missing]:
    """Everything between the case and its closing, in the order in which it is done. Three queries at most.

    What was solved the long way is closed the long way, whatever its kind was changed to meanwhile: nobody spares
    himself the callback by calling a complaint a consultation.
    """
    lacking = [*_by_kind(case)]
    named = {clause for one in lacking for clause in one.clauses}
    clauses = all_clauses()
    for clause_id in dict.fromkeys(obligation.clause_id for obligation in open_of(case)):
        if clause_id not in named:
            title = clauses[clause_id].title
            lacking.append(Missing(f"履行“{title.zh}”", f"the duty “{title.en}”", (clause_id,)))
    return lacking


def sentence(case: Case, *, language: str = "zh") -> str:
    """One sentence for the person: what is missing, each with its clauses; empty when the case may be closed."""
    return _sentence(case, missing(case), language)


def refusal(case: Case) -> Refused | None:
    """Why the case may not be closed; None when nothing is missing."""
    lacking = missing(case)
    if not lacking:
        return None
    clauses = tuple(dict.fromkeys(clause for one in lacking for clause in one.clauses))
    return Refused(_sentence(case, lacking, "zh"), _sentence(case, lacking, "en"), clauses=clauses)


def _sentence(case: Case, lacking: list[Missing], language: str) -> str:
    if not lacking:
        return ""
    if language.startswith("zh"):
        parts = "、".join(f"{one.zh}({'、'.join(one.clauses)})" for one in lacking)
        return f"工单 #{case.number} 还不能关闭,还差:{parts}。"
    parts = "; ".join(f"{one.en} ({', '.join(one.clauses)})" for one in lacking)
    return f"Case #{case.number} cannot be closed yet. Still missing: {parts}."


def _by_kind(case: Case) -> list[Missing]:
    if not case.kind:
        return [Missing("分类分级", "triage", ("FB-3.1a", "FB-3.1b", "FB-3.2a"))]
    so_far = SoFar(*_so_far(case.pk, case.round_no)[0])
    if case.kind in LONG_WAY or so_far.has_solution:
        return _of_long_way(so_far)
    return _of_consultation(case, so_far) if case.kind == "consultation" else _of_assessed(case)


class SoFar(NamedTuple):
    """What this round has: a solution, its cause, a solution that was accepted, an end, a callback."""

    has_solution: bool
    has_cause: bool
    is_accepted: bool
    is_done: bool
    is_called_back: bool


@asked_often
def _so_far(case: UUID, round_no: int) -> QuerySet[Case, tuple[bool, ...]]:
    rounds = Round.objects.filter(case=case, number=round_no)
    solutions = Solution.objects.filter(case=case, round_no=round_no)
    facts = {
        "has_solution": Exists(solutions),
        "has_cause": Exists(rounds.exclude(cause="")),
        "is_accepted": Exists(solutions.filter(answer="accepted")),
        "is_done": Exists(rounds.filter(done_at__isnull=False)),
        "is_called_back": Exists(Callback.objects.filter(case=case, round_no=round_no)),
    }
    return Case.objects.filter(pk=case).annotate(**facts).values_list(*SoFar._fields)


def _of_long_way(so_far: SoFar) -> list[Missing]:
    there = (
        (so_far.has_cause, Missing("认定原因", "the cause", ("FB-4.1f",))),
        (so_far.is_accepted, Missing("客户认可的方案", "a solution the customer accepts", ("FB-4.2b",))),
        (so_far.is_done, Missing("方案执行完毕", "carrying it out", ("FB-4.3b",))),
        (so_far.is_called_back, Missing("独立回访", "an independent callback", ("FB-4.3d", "FB-4.3e"))),
    )
    return [lack for present, lack in there if not present]


def _of_consultation(case: Case, so_far: SoFar) -> list[Missing]:
    return (
        []
        if so_far.is_done or _told(case, ("answer",))
        else [Missing("答复客户", "an answer to the customer", ("SU-8a",))]
    )


def _of_assessed(case: Case) -> list[Missing]:
    if not case.assessment:
        return [Missing("评估结论", "the assessment", ("FB-2.2f",))]
    if case.assessment == "no" and not _told(case, TOLD_AS):
        return [Missing("向客户说明不采纳的理由", "telling the customer why not", ("FB-2.2f",))]
    return []


def _told(case: Case, purposes: tuple[str, ...]) -> bool:
    return case.messages.filter(direction="out", automatic=False, purpose__in=purposes).exists()
