"""How far the work on several cases has come in their present round: one query for each question."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import F

from ..models import Case, Round, Solution


def investigated(cases: Iterable[Case]) -> set[UUID]:
    """The cases whose investigation has begun in their present round."""
    rows = Round.objects.filter(
        case__in=[case.pk for case in cases],
        number=F("case__round_no"),
        investigation_started_at__isnull=False,
    )
    return set(rows.values_list("case_id", flat=True))


def discussed(cases: Iterable[Case]) -> dict[UUID, bool]:
    """Of the cases whose standing solution may be discussed: whether it was, and waits for the customer's answer."""
    rows = Solution.objects.filter(case__in=[case.pk for case in cases], round_no=F("case__round_no"))
    standing = {
        row.case_id: row for row in rows.order_by("version").only("case", "approval", "communicated_at")
    }
    ready = {pk: row for pk, row in standing.items() if row.approval in {"unneeded", "approved"}}
    return {pk: row.communicated_at is not None for pk, row in ready.items()}
