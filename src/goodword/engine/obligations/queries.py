"""Reading obligations: what somebody owes, what a subject owes, how a clause fares."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q, QuerySet

from goodword.base.people.actors import Actor

from .models import Obligation
from .outcomes import outcomes
from .tallies import Span, figures

__all__ = ["Tally", "borne_by", "compliance", "of_clause", "of_subject", "outcomes"]


@dataclass(frozen=True, slots=True)
class Tally:
    """How a clause fared in a period: what each figure counts is said by `outcomes`.

    share: met in time of all that are decided (met, missed, or open and overdue); None where nothing is decided.
    """

    clause_id: str
    started: int
    in_time: int
    late: int
    overdue: int
    open: int
    missed: int
    waived: int
    superseded: int
    released: int

    @property
    def decided(self) -> int:
        """How many have an answer to "in time?"."""
        return self.in_time + self.late + self.overdue + self.missed

    @property
    def share(self) -> float | None:
        """Met in time, of the decided; None, never 0, where nothing is decided."""
        return self.in_time / self.decided if self.decided else None


def compliance(
    *,
    started_from: datetime | None = None,
    started_to: datetime | None = None,
    history: bool | None = None,
    now: datetime,
) -> list[Tally]:
    """A tally per clause over the obligations started in [from, to). Four queries.

    history: True for what was taken in from a ledger only, False for the live work only.
    """
    found = figures("clause_id", span=Span(started_from, started_to), history=history, now=now)
    return [Tally(clause_id=clause_id, **counts) for (clause_id,), counts in sorted(found.items())]


def _started(started_from: datetime | None, started_to: datetime | None) -> QuerySet[Obligation]:
    rows = Obligation.objects.all()
    if started_from is not None:
        rows = rows.filter(started_at__gte=started_from)
    if started_to is not None:
        rows = rows.filter(started_at__lt=started_to)
    return rows


def of_subject(subject_type: str, subject_id: object) -> QuerySet[Obligation]:
    """Every obligation of a subject, the open and most pressing first."""
    rows = Obligation.objects.filter(subject_type=subject_type, subject_id=str(subject_id))
    return rows.select_related("bearer_account__person").order_by(
        F("ended_at").asc(nulls_first=True), "due_at"
    )


def borne_by(actor: Actor, *, standing_in_for: frozenset[int] = frozenset()) -> QuerySet[Obligation]:
    """The open obligations an actor owes: by name, for those he stands in for, or by a role held in the department
    where nobody is named. Most pressing first; those that stand still come last."""
    wanted = Q(bearer_account__in=[actor.account_id, *standing_in_for])
    for role, department in actor.grants:
        wanted |= Q(bearer_account=None, bearer_role=role, bearer_department=department)
        wanted |= Q(bearer_account=None, bearer_role=role, bearer_department="")
    rows = Obligation.objects.filter(wanted, state="open").select_related("bearer_account__person")
    return rows.order_by(F("wake_at").asc(nulls_last=True), "due_at")


def of_clause(
    clause_id: str, *, started_from: datetime | None = None, started_to: datetime | None = None
) -> QuerySet[Obligation]:
    """The obligations of one clause, the newest first: the list behind its figures."""
    rows = _started(started_from, started_to).filter(clause_id=clause_id)
    return rows.select_related("bearer_account__person", "started_by", "ended_by").order_by("-started_at")
