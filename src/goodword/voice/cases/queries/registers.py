"""Registers (FB-2.2f): praise and suggestions are filed apart and never mixed with complaints."""

from __future__ import annotations

from django.db.models import QuerySet

from goodword.base.core.errors import NotFound
from goodword.engine.policy.queries import all_clauses

from .. import states
from ..models import Case


def names() -> tuple[str, ...]:
    """The registers there are: one per kind of feedback (FB-3.1a)."""
    return tuple(kind["code"] for kind in all_clauses()["FB-3.1a"].values["kinds"])


def register(name: str, *, within: QuerySet[Case] | None = None) -> QuerySet[Case]:
    """The cases of one kind and of no other, the newest first; merged ones count in the case they went into.

    within: the cases the reader may see; all of them by default. Raises NotFound for a register there is not.
    """
    if name not in names():
        raise NotFound(f"没有“{name}”这一册。", f"There is no register “{name}”.")
    cases = Case.objects.all() if within is None else within
    return cases.filter(kind=name).exclude(state=states.MERGED).order_by("-received_at", "-number")
