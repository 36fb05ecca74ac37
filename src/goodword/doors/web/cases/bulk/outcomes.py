"""`/cases/bulk/<run>/`: what became of each case of an act on many, told again whenever it is asked for."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Case as Whether
from django.db.models import Count, IntegerField, Q, Value, When
from django.http import HttpResponse
from django.shortcuts import render

from goodword.base.core.errors import NotFound
from goodword.voice.cases.models import BulkItem, BulkRun
from goodword.voice.cases.queries import listing

from ...access import WebRequest, page
from . import acts, showing

RUNS_SHOWN = 20
ON_A_PAGE = 100
SHOWN = (
    *("place", "outcome", "became", "said_zh", "said_en", "cure_zh", "cure_en", "clauses", "run"),
    *("case__number", "case__subject", "case__text"),
)
COUNTED = {
    "done": Count("items", filter=Q(items__outcome="done")),
    "refused": Count("items", filter=Q(items__outcome="refused")),
    "left": Count("items", filter=Q(items__outcome="")),
}


@page(right="cases.see")
def run(request: WebRequest, bulk_id: UUID) -> HttpResponse:
    """What became of each case, the refused ones first. The query string is the list's filter.

    Who did it reads of all; a colleague only of the cases that are theirs to see.
    """
    found = counted().filter(pk=bulk_id).select_related("by__person").first()
    if found is None:
        raise NotFound
    is_own, items = found.by_id == request.actor.account_id, _ranked(found)
    if not is_own:
        items = items.filter(listing.seen_among(request.actor, "case"))
    leaf = Paginator(items, ON_A_PAGE).get_page(request.GET.get("page"))
    back = request.GET.copy()
    back.pop("page", None)
    context = {
        "run": found,
        "ability": acts.BY_NAME.get(found.act),
        "leaf": leaf,
        "rows": _rows(request, list(leaf.object_list)),
        "back": back.urlencode(),
        "refused_numbers": _numbers(found, "refused") if is_own and found.refused else "",
        "left_numbers": _numbers(found, "") if is_own and found.left else "",
        "is_own": is_own,
    }
    return render(request, "web/cases/bulk/run.html", context)


def lately(request: WebRequest) -> list[dict[str, Any]]:
    """What this person did to many cases, the latest first. One query."""
    runs = counted().filter(by_id=request.actor.account_id).order_by("-begun_at")[:RUNS_SHOWN]
    return [{"run": one, "ability": acts.BY_NAME.get(one.act)} for one in runs]


def counted() -> Any:
    """Runs, each with done, refused and left."""
    return BulkRun.objects.annotate(**COUNTED)


def _ranked(found: BulkRun) -> Any:
    rank = Whether(
        When(outcome="refused", then=Value(0)),
        When(outcome="", then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return BulkItem.objects.filter(run=found).select_related("case").only(*SHOWN).order_by(rank, "place")


def _numbers(found: BulkRun, outcome: str) -> str:
    """The cases with this outcome, as the form that acts on them anew sends them."""
    numbers = found.items.filter(outcome=outcome).order_by("place").values_list("case__number", flat=True)
    return ",".join(map(str, numbers))


def _rows(request: WebRequest, items: list[BulkItem]) -> list[dict[str, Any]]:
    """Each item; a case's words only where the person may still see it."""
    people = showing.People(item.became for item in items)
    visible = listing.visible_to(request.actor).filter(pk__in=[item.case_id for item in items])
    seen = set(visible.values_list("pk", flat=True))
    return [
        {
            "item": item,
            "seen": item.case_id in seen,
            "became": showing.changes(showing.NOWHERE, item.became, people) if item.became else [],
            "refused": showing.told(item) if item.outcome == "refused" else None,
        }
        for item in items
    ]
