"""Pages of the list of cases: the newest first, from a place on, never by counting off what lies before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import Q, QuerySet

from goodword.base.people.actors import Actor

from ..models import Case
from .listing import SHOWN, Narrow, reach

Place = tuple[datetime, int]
"""Where a case stands in the list: its time of receipt and its number, which tells those of one moment apart."""
OLDEST: Place = (datetime(1970, 1, 1, tzinfo=UTC), 0)
"""Before every case."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page. earlier, later: whether there are older and newer cases beyond it."""

    cases: list[Case]
    earlier: bool
    later: bool


def place_of(number: int) -> Place | None:
    """The place of the case with this number; None where there is none. One query."""
    received_at = Case.objects.filter(number=number).values_list("received_at", flat=True).first()
    return None if received_at is None else (received_at, number)


def newest(
    actor: Actor,
    narrow: Narrow,
    *,
    limit: int,
    after: Place | None = None,
    before: Place | None = None,
    read: QuerySet[Case] | None = None,
) -> Leaf:
    """Up to `limit` of the cases `actor` may see and `narrow` leaves, the newest first.

    read: cases with what is read of each, all that a list may show if not given. after: those older than this place;
    before: the next newer ones. Each way of seeing cases is asked by itself, so that each is answered by its own
    index: one small query per way, and one for the rows.
    """
    backwards = before is not None and after is None
    found: set[Place] = set()
    for way in reach(actor):
        found.update(
            _places(narrow(Case.objects.filter(way)), after, before if backwards else None, limit + 1)
        )
    places = sorted(found, reverse=not backwards)[: limit + 1]
    more, numbers = len(places) > limit, [number for _, number in places[:limit]]
    whole = Case.objects.select_related(*SHOWN) if read is None else read
    rows = {row.number: row for row in whole.filter(number__in=numbers)}
    cases = [rows[number] for number in (reversed(numbers) if backwards else numbers) if number in rows]
    return Leaf(cases, earlier=more or backwards, later=more if backwards else after is not None)


def reached(actor: Actor, narrow: Narrow, *, limit: int) -> int:
    """How many cases `actor` may see and `narrow` leaves; `limit` where there are that many or more.

    One query for each way of seeing cases, read from an index alone.
    """
    found: set[Place] = set()
    for way in reach(actor):
        found.update(_places(narrow(Case.objects.filter(way)), None, None, limit))
    return min(len(found), limit)


def _places(rows: QuerySet[Case], after: Place | None, before: Place | None, most: int) -> list[Place]:
    """The places of the first rows beyond, read from an index alone."""
    sign = "" if before else "-"
    rows = rows.select_related(None).order_by(f"{sign}received_at", f"{sign}number")
    if after:
        rows = rows.filter(_beyond(after, "lt"), received_at__lte=after[0])
    if before:
        rows = rows.filter(_beyond(before, "gt"), received_at__gte=before[0])
    return list(rows.values_list("received_at", "number")[:most])


def _beyond(place: Place, side: str) -> Q:
    return Q(**{f"received_at__{side}": place[0]}) | Q(received_at=place[0], **{f"number__{side}": place[1]})
