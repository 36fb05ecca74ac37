"""Reading obligations: what a subject owes, how a clause fares. What somebody owes is in `pressing`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, QuerySet

from .models import Obligation
from .outcomes import outcomes
from .rows import pauses_of
from .tallies import Span, figures
from .trying import Past

__all__ = ["Tally", "compliance", "of_clause", "of_subject", "open_by_edition", "outcomes", "past_of"]


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


def of_clause(
    clause_id: str, *, started_from: datetime | None = None, started_to: datetime | None = None
) -> QuerySet[Obligation]:
    """The obligations of one clause, the newest first: the list behind its figures."""
    rows = _started(started_from, started_to).filter(clause_id=clause_id)
    return rows.select_related("bearer_account__person", "started_by", "ended_by").order_by("-started_at")


def past_of(clause_id: str, *, started_from: datetime, limit: int) -> list[Past]:
    """The newest `limit` live duties of a clause begun since, as `trying` judges them. One query."""
    rows = Obligation.objects.filter(clause_id=clause_id, history=False, started_at__gte=started_from)
    columns = (
        "state", "amount", "unit", "started_at", "due_at", "ended_at", "breached_at", "calendar_version", "pauses",
    )  # fmt: skip
    newest = rows.order_by("-started_at").values(*columns)[:limit]
    return [Past(**{**row, "pauses": pauses_of(row["pauses"])}) for row in newest]


def open_by_edition(clause_id: str) -> dict[int, int]:
    """{edition: how many open duties keep it} of a clause. One query on the index of what is open."""
    rows = Obligation.objects.filter(clause_id=clause_id, state="open", history=False).order_by()
    return dict(rows.values_list("edition").annotate(n=Count("pk")))
