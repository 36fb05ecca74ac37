"""How many cases lists hold, looked at only so far: as cheap with a million cases as with a thousand.

Each list is read from one index (`_drives`), no more than `LOOKED` rows of it, and what else it asks is tested on
those. All lists are one statement, however many.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from operator import and_, or_
from typing import Any, NamedTuple
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Case as Switch
from django.db.models import Q, Value, When

from goodword.base.core.by_hand import uuid_found
from goodword.base.people.actors import Actor

from ..models import Case
from ..queries.listing import reach

LOOKED = 1_000
"""Rows looked at for one list. Where there are more, the count is what was found among them, and says so."""
NARROW = ("text", "overdue", "order__number", "customer", "owner", "assignee", "waiting", "open")
"""Conditions of which each has an index of its own and few cases, the fewest first."""
WIDE = ("responsible", "state")
"""Those with an index and many cases: good to begin with for whoever sees all."""
WHEN = ("received_at__gte", "received_at__lt")
"""What stands second in those indexes."""
NEWEST = ("-received_at", "-number")

Asked = Mapping[str, Q]
"""What a list asks, by name (`listing.conditions`)."""


class Count(NamedTuple):
    """How many; is_more: at least so many."""

    cases: int
    is_more: bool


NONE = Count(0, is_more=False)


def counts(actor: Actor, lists: Sequence[Asked]) -> list[Count]:
    """How many cases of each list the person may see. One statement; none for somebody who sees nothing."""
    return _counts(_all_looked(actor, lists))


def counts_and_firsts(
    actor: Actor, lists: Sequence[Asked], *, each: int
) -> tuple[list[Count], list[dict[UUID, int]]]:
    """The counts, and {id: number} of up to `each` cases of each list, the newest of those looked at. Two statements."""
    looked = _all_looked(actor, lists)
    return _counts(looked), _firsts(looked, each)


Looked = tuple[str, list[Any]]
"""The rows looked at for a list (id, number, fits), as SQL with its values; empty where there can be none."""


def _all_looked(actor: Actor, lists: Sequence[Asked]) -> list[Looked]:
    ways = reach(actor)
    return [_looked(asked, ways) if ways else ("", []) for asked in lists]


def _counts(looked: list[Looked]) -> list[Count]:
    pieces = [
        f"SELECT {place}, COUNT(*), COUNT(*) FILTER (WHERE fits) FROM ({sql}) looked{place}"  # nosec B608 # noqa: S608 - numbers and Django's SQL
        for place, (sql, _) in enumerate(looked)
        if sql
    ]
    found = {
        place: Count(min(fitting, LOOKED), is_more=rows > LOOKED)
        for place, rows, fitting in _asked(pieces, looked)
    }
    return [found.get(place, NONE) for place in range(len(looked))]


def _firsts(looked: list[Looked], each: int) -> list[dict[UUID, int]]:
    found: list[dict[UUID, int]] = [{} for _ in looked]
    pieces = [
        f"SELECT {place}, id, number FROM (SELECT id, number FROM ({sql}) looked{place} "  # nosec B608 # noqa: S608 - numbers and Django's SQL
        f"WHERE fits ORDER BY number DESC LIMIT {each}) chosen{place}"
        for place, (sql, _) in enumerate(looked)
        if sql
    ]
    for place, pk, number in _asked(pieces, looked):
        found[place][uuid_found(pk)] = number
    return found


def _asked(pieces: list[str], looked: list[Looked]) -> Iterator[tuple[Any, ...]]:
    if not pieces:
        return
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(pieces), [value for _, values in looked for value in values])
        yield from cursor.fetchall()


def _looked(asked: Asked, ways: list[Q]) -> Looked:
    pieces: list[str] = []
    given: list[Any] = []
    for name, drive in _drives(asked, ways):
        begun = [drive, *(asked[one] for one in WHEN if one in asked)]
        rest = [q for other, q in asked.items() if other != name and other not in WHEN]
        if ways != [Q()] and drive not in ways:
            rest.append(reduce(or_, ways))
        rows = Case.objects.filter(*begun).annotate(fits=_holds(rest)).values_list("id", "number", "fits")
        rows = rows.order_by(*NEWEST) if _in_order(drive) else rows.order_by()
        try:
            sql, params = rows[: LOOKED + 1].query.sql_with_params()
        except EmptyResultSet:  # nothing can be in this part
            continue
        pieces.append(f"SELECT * FROM ({sql}) way{len(pieces)}")  # nosec B608 # noqa: S608 - Django's SQL
        given += params
    return " UNION ".join(pieces), given


def _drives(asked: Asked, ways: list[Q]) -> list[tuple[str, Q]]:
    """(name, condition) of the index each part of a list is read from: its narrowest, or else each way of seeing."""
    everywhere = ways == [Q()]
    for name in (*NARROW, *(WIDE if everywhere else ())):
        if name in asked:
            return [(name, asked[name])]
    return [("", way) for way in ways]


def _in_order(drive: Q) -> bool:
    """Whether the rows stand in the index from the newest to the oldest: one value is asked for, not several."""
    asked = [child for child in drive.children if isinstance(child, tuple)]
    several = [value for name, value in asked if name.endswith("__in")]
    return drive.connector == Q.AND and all(isinstance(value, list) and len(value) == 1 for value in several)


def _holds(rest: list[Q]) -> Any:
    """Whether all of it holds of a row: true or false, never unknown."""
    if not rest:
        return Value(value=True)
    return Switch(When(reduce(and_, rest), then=Value(value=True)), default=Value(value=False))
