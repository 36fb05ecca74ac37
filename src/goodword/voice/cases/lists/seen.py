"""Which saved views somebody sees, and which stand in one row."""

from __future__ import annotations

from django.db.models import Case as Switch
from django.db.models import F, Q, QuerySet, Value, When

from goodword.base.core.errors import NotFound
from goodword.base.people.actors import Actor

from ..models.lists import DEPARTMENT, EVERYBODY, OWN, SavedView

RANK = Switch(When(shared=EVERYBODY, then=Value(0)), When(shared=DEPARTMENT, then=Value(1)), default=Value(2))


def seen_by(actor: Actor) -> QuerySet[SavedView]:
    """Everybody's views, those of the person's departments, then the person's own; each in its order."""
    theirs = Q(shared=EVERYBODY) | Q(shared=DEPARTMENT, department__code__in=actor.departments)
    if actor.account_id is not None:
        theirs |= Q(owner=actor.account_id)
    rows = SavedView.objects.filter(theirs, retired_at=None).select_related("department", "owner__person")
    return rows.annotate(rank=RANK).order_by("rank", F("department").asc(), "place", "pk")


def view_of(actor: Actor, pk: int) -> SavedView:
    """One of those the person sees. Raises NotFound."""
    found = seen_by(actor).filter(pk=pk).first()
    if found is None:
        raise NotFound("没有这个视图。", "There is no such view.")
    return found


def together(view: SavedView) -> QuerySet[SavedView]:
    """The views that are put in order with this one: everybody's, a department's, or one person's own."""
    rows = SavedView.objects.filter(shared=view.shared, department=view.department_id, retired_at=None)
    return rows.filter(owner=view.owner_id) if view.shared == OWN else rows
