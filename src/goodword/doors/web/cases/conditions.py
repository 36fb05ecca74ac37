"""What must hold of a case for an ability to be worth showing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from goodword.base.core.asking import asked_often
from goodword.base.core.errors import NotFound
from goodword.base.people.actors import Actor
from goodword.voice.cases import states as s
from goodword.voice.cases.actions import (
    short_way,
)
from goodword.voice.cases.models import Case, Help, Round, Solution

from .ability import Possible, reaches

UNDER_WORK = (s.TRIAGED, s.INVESTIGATING, s.PROPOSED, s.AGREED, s.CARRYING_OUT)


def called_back_at_all(case: Case) -> bool:
    """Whether this kind of feedback is called back: it went the long way."""
    return case.kind not in s.SHORT_WAY


def valued(case: Case) -> bool:
    """Whether it is a suggestion or praise."""
    return case.kind in short_way.VALUED


def asks(case: Case) -> bool:
    """Whether it is a consultation."""
    return case.kind == "consultation"


def helping(right: str) -> Possible:
    """Possible under work for whoever reaches the case, or works in a department asked for help with it."""
    reach = reaches(right)

    def possible(case: Case, actor: Actor) -> bool:
        if case.state not in UNDER_WORK:
            return False
        asked = case.helps.filter(state__in=("open", "answered")).values_list("department__code", flat=True)
        return reach(case, actor) or any(actor.has(right, department=code) for code in asked)

    return possible


def open_helps(case: Case) -> bool:
    """Whether a department still owes an answer."""
    return bool(_open_helps(case.pk))


def standing(case: Case) -> Solution:
    """The solution that stands now: the latest version of this round."""
    found = _standing.first(case.pk, case.round_no)
    if found is None:
        raise NotFound
    return found


def waits(case: Case) -> bool:
    """Whether the standing solution waits for approval."""
    latest = _standing.first(case.pk, case.round_no)
    return latest is not None and latest.approval == "needed"


def ready(case: Case) -> bool:
    """Whether the standing solution may be discussed with the customer."""
    latest = _standing.first(case.pk, case.round_no)
    return latest is not None and latest.approval in {"unneeded", "approved"}


def investigated(case: Case) -> bool:
    """Whether this round's investigation has begun."""
    return bool(_investigated(case.pk, case.round_no))


def discussed(case: Case) -> bool:
    """Whether it was discussed and has no answer yet."""
    latest = _standing.first(case.pk, case.round_no)
    return latest is not None and latest.communicated_at is not None and latest.answer == "none"


@asked_often
def _open_helps(case: UUID) -> QuerySet[Help, tuple[Any, ...]]:
    return Help.objects.filter(case=case, state="open").values_list("pk")[:1]


@asked_often
def _standing(case: UUID, round_no: int) -> QuerySet[Solution]:
    return Solution.objects.filter(case=case, round_no=round_no).order_by("-version")[:1]


@asked_often
def _investigated(case: UUID, round_no: int) -> QuerySet[Round, tuple[Any, ...]]:
    begun = Round.objects.filter(case=case, number=round_no, investigation_started_at__isnull=False)
    return begun.values_list("pk")[:1]
