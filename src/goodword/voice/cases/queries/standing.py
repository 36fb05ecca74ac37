"""How a customer, an order or a device stands: what is open and late of the cases somebody may see, and by which causes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from goodword.base.people.actors import Actor
from goodword.company.rentals.models import Device
from goodword.engine.obligations.models import Obligation

from .. import states
from ..models import Round
from .listing import seen_among, visible_to

MOST = 1_000
"""So far cases are counted; what reaches it has as many or more."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How many cases there are, are open, wait for the customer and have a duty that is late; `MOST` at most of each."""

    all: int
    open: int
    waiting: int
    late: int


def standing(actor: Actor, about: Q) -> Standing:
    """Of the cases `about` leaves. Three queries, on the index of what `about` names."""
    cases = visible_to(actor).filter(about).select_related(None).order_by()
    every = cases.values("pk")[:MOST].count()
    open_ones = cases.filter(state__in=states.OPEN).values_list("pk", "waiting_since")[:MOST]
    found = dict(open_ones) if every else {}
    late = Obligation.objects.filter(
        subject_type="case", state="open", breached_at__isnull=False, subject_id__in=[str(pk) for pk in found]
    )
    return Standing(
        all=every,
        open=len(found),
        waiting=sum(since is not None for since in found.values()),
        late=late.values("subject_id").distinct().count() if found else 0,
    )


def open_by(actor: Actor, column: str, things: Iterable[Any]) -> dict[Any, int]:
    """How many open cases hang on each of these orders or devices, by id; those without are left out. One query.

    column: "order" or "device".
    """
    cases = visible_to(actor).filter(**{f"{column}__in": list(things)}, state__in=states.OPEN)
    return dict(cases.select_related(None).order_by().values_list(column).annotate(n=Count("pk")))


def causes_of(actor: Actor, device: Device) -> list[tuple[str, int]]:
    """The causes found for cases about the device, as codes with the number of cases, the most frequent first. One query."""
    rounds = Round.objects.filter(seen_among(actor, "case"), case__device=device, cause__gt="").order_by()
    counted = rounds.values_list("cause").annotate(n=Count("case", distinct=True))
    return sorted(counted, key=lambda one: (-one[1], one[0]))
