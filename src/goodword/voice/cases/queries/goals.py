"""SU-4b: how many complaints were handled in time, with the list behind the figure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from goodword.base.core.clock import local_day
from goodword.engine.obligations.models import Obligation
from goodword.engine.policy.queries import values_of

from .. import states
from ..models import Case
from .keys import SubjectId
from .proportions import wilson

CLAUSE = "SU-4b"
LEFT = frozenset({states.WITHDRAWN, states.MERGED})
"""Nothing was handled to its end here, so nothing was handled in time."""


@dataclass(frozen=True, slots=True)
class Figure:
    """`good` of `n`: share with its 95 % Wilson interval; None, never 0, where there is nothing to count.

    in_time, late: the ids behind it. undecided: complaints that are neither late nor through yet; not counted.
    """

    n: int
    good: int
    share: float | None
    low: float | None
    high: float | None
    in_time: tuple[UUID, ...] = ()
    late: tuple[UUID, ...] = ()
    undecided: tuple[UUID, ...] = ()


def complaints_in_time(from_at: datetime, to_at: datetime) -> Figure:
    """Of the complaints received in [from_at, to_at): those without a single late duty of SU-4b's clauses.

    Late is for ever: a complaint that was late before it was withdrawn or merged counts as late. Withdrawn and
    merged ones are left out otherwise, and so are those none of the clauses ever bound. A waived duty counts for
    neither side. Two queries.
    """
    clauses = list(values_of(CLAUSE, on=local_day(to_at))["clauses"])
    complaints = Case.objects.filter(kind="complaint", received_at__gte=from_at, received_at__lt=to_at)
    rows = complaints.order_by("received_at", "pk").values_list("pk", "state")
    found = {str(pk): (pk, state) for pk, state in rows}
    owed: dict[str, list[tuple[str, bool]]] = {}
    duties = Obligation.objects.filter(
        clause_id__in=clauses, subject_type="case", subject_id__in=complaints.values(key=SubjectId())
    ).exclude(state="waived")
    for subject, state, breached_at in duties.values_list("subject_id", "state", "breached_at"):
        owed.setdefault(subject, []).append((state, breached_at is not None or state == "missed"))
    late, open_, good = [], [], []
    for key, (pk, state) in found.items():
        if key not in owed:
            continue
        if any(is_late for _, is_late in owed[key]):
            late.append(pk)
        elif state in LEFT:
            continue
        elif any(state == "open" for state, _ in owed[key]):
            open_.append(pk)
        else:
            good.append(pk)
    return _figure(good, late, open_)


def _figure(good: list[UUID], late: list[UUID], undecided: list[UUID]) -> Figure:
    n = len(good) + len(late)
    low, high = wilson(len(good), n)
    share = len(good) / n if n else None
    return Figure(n, len(good), share, low, high, tuple(good), tuple(late), tuple(undecided))
