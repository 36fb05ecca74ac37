"""Reading obligations: what somebody owes, what a subject owes, how a clause fares."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F, Q, QuerySet

from goodword.base.people.actors import Actor

from .models import Obligation
from .outcomes import outcomes
from .tallies import Span, figures

__all__ = ["Tally", "borne_by", "compliance", "most_pressing", "of_clause", "of_subject", "outcomes"]


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


def borne_by(actor: Actor, *, standing_in_for: frozenset[int] = frozenset()) -> list[Q]:
    """The ways in which an actor owes something: by name, for those he stands in for, or by a role held in the
    department where nobody is named. Each is answered by an index, for `most_pressing`."""
    named = sorted(pk for pk in {actor.account_id, *standing_in_for} if pk is not None)
    roles: dict[str, set[str]] = {}
    for role, department in actor.grants:
        roles.setdefault(department, set()).add(role)
        roles.setdefault("", set()).add(role)
    return [
        *(Q(bearer_account=pk) for pk in named),
        *(
            Q(bearer_account=None, bearer_department=department, bearer_role__in=sorted(held))
            for department, held in sorted(roles.items())
        ),
    ]


def most_pressing(ways: Iterable[Q], *, limit: int) -> list[Obligation]:
    """Up to `limit` open obligations of live work that fit any of the ways, the most pressing first; those that stand
    still come last. Each way is read from an index in order: one query, two while there are fewer, and one for the rows.
    """
    live = [Obligation.objects.filter(way, state="open", history=False) for way in ways]
    places: set[tuple[bool, datetime, datetime, UUID]] = set()
    for rows in live:
        running = rows.filter(wake_at__isnull=False).order_by("wake_at", "due_at")
        for wake_at, due_at, pk in running.values_list("wake_at", "due_at", "pk")[:limit]:
            assert wake_at is not None
            places.add((False, wake_at, due_at, pk))
    if len(places) < limit:
        for rows in live:
            still = rows.filter(wake_at=None).order_by("due_at").values_list("due_at", "pk")[:limit]
            places.update((True, due_at, due_at, pk) for due_at, pk in still)
    chosen = [place[-1] for place in sorted(places)[:limit]]
    found = Obligation.objects.select_related("bearer_account__person").in_bulk(chosen)
    return [found[pk] for pk in chosen if pk in found]


def of_clause(
    clause_id: str, *, started_from: datetime | None = None, started_to: datetime | None = None
) -> QuerySet[Obligation]:
    """The obligations of one clause, the newest first: the list behind its figures."""
    rows = _started(started_from, started_to).filter(clause_id=clause_id)
    return rows.select_related("bearer_account__person", "started_by", "ended_by").order_by("-started_at")
