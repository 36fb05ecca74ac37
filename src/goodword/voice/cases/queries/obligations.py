"""What cases owe just now."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet

from goodword.engine.obligations.models import Obligation

from ..models import Case


def next_due(case_ids: Iterable[UUID]) -> dict[UUID, Obligation]:
    """The tightest open obligation of each case, by case id; cases that owe nothing are left out. One query.

    A running clock leads before one that stands still; then the earlier due time.
    """
    wanted = {str(pk): pk for pk in case_ids}
    if not wanted:
        return {}
    tightest: dict[UUID, Obligation] = {}
    for obligation in (
        _open().filter(subject_type="case", subject_id__in=list(wanted)).order_by("due_at", "pk")
    ):
        case_id = wanted[obligation.subject_id]
        there = tightest.get(case_id)
        if there is None or (there.is_paused and not obligation.is_paused):
            tightest[case_id] = obligation
    return tightest


def open_of(case: Case) -> QuerySet[Obligation]:
    """Every open obligation of a case and of the help asked for it, the tightest first."""
    helps = [str(pk) for pk in case.helps.values_list("pk", flat=True)]
    subject = Q(subject_type="case", subject_id=str(case.pk)) | Q(subject_type="help", subject_id__in=helps)
    return _open().filter(subject).order_by("due_at", "pk")


def of(case: Case) -> QuerySet[Obligation]:
    """Every obligation the case and its help requests ever had, the newest first."""
    helps = [str(pk) for pk in case.helps.values_list("pk", flat=True)]
    subject = Q(subject_type="case", subject_id=str(case.pk)) | Q(subject_type="help", subject_id__in=helps)
    rows = Obligation.objects.filter(subject).select_related(
        "bearer_account__person", "started_by", "ended_by"
    )
    return rows.order_by("-started_at", "-pk")


def _open() -> QuerySet[Obligation]:
    return Obligation.objects.filter(state="open").select_related("bearer_account__person")
