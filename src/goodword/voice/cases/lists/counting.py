"""How many cases lists hold, looked at only so far: as cheap with a million cases as with a thousand.

Each list is read from one index (`_drives`), no more than `LOOKED` rows of it, and what else it asks is tested on
those. All lists are one statement, however many.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from operator import or_
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import Q

from goodword.base.core.by_hand import uuid_found
from goodword.base.people.actors import Actor

from ..queries.listing import late_cases, reach
from .pieces import NEVER, Sql, all_of, together, where

LOOKED = 1_000
"""Rows looked at for one list. Where there are more, the count is what was found among them, and says so."""
LATE = "overdue"
NARROW = (LATE, "text", "order", "customer", "owner", "assignee", "waiting", "open")
"""Conditions of which each has an index of its own and few cases, the fewest first."""
WIDE = ("responsible", "state")
"""Those with an index and many cases: good to begin with for whoever sees all."""
STATES = ("open", "state")
"""Those that name states."""
WHEN = ("received_at__gte", "received_at__lt")
"""What stands second in those indexes, but that of the late."""
NEWEST = " ORDER BY received_at DESC, number DESC"

Asked = Mapping[str, Q]
"""What a list asks, by name (`listing.conditions`)."""


class Count(NamedTuple):
    """How many; is_more: at least so many."""

    cases: int
    is_more: bool


NONE = Count(0, is_more=False)


def late_looked_at() -> Q:
    """What "overdue" has to mean in a list that is counted here: no more late cases than are looked at."""
    return late_cases(LOOKED + 1)


def counts(actor: Actor, lists: Sequence[Asked]) -> list[Count]:
    """How many cases of each list the person may see. One statement; none for somebody who sees nothing."""
    return _counts(_all_looked(actor, lists))


def counts_and_firsts(
    actor: Actor, lists: Sequence[Asked], *, each: int
) -> tuple[list[Count], list[dict[UUID, int]]]:
    """The counts, and {id: number} of up to `each` cases of each list, the newest of those looked at. Two statements."""
    looked = _all_looked(actor, lists)
    return _counts(looked), _firsts(looked, each)


def _all_looked(actor: Actor, lists: Sequence[Asked]) -> list[Sql]:
    """Per list the rows looked at for it (id, number, fits); empty for somebody who sees nothing."""
    ways = reach(actor)
    seen = where(reduce(or_, ways)) if ways else NEVER
    return [_looked(asked, ways, seen) if ways else ("", []) for asked in lists]


def _counts(looked: list[Sql]) -> list[Count]:
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


def _firsts(looked: list[Sql], each: int) -> list[dict[UUID, int]]:
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


def _asked(pieces: list[str], looked: list[Sql]) -> Iterator[tuple[Any, ...]]:
    if not pieces:
        return
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(pieces), [value for _, values in looked for value in values])
        yield from cursor.fetchall()


def _looked(asked: Asked, ways: list[Q], seen: Sql) -> Sql:
    pieces = []
    for name, drive in _drives(asked, ways):
        second = () if name == LATE else WHEN
        begun = all_of(where(q) for other, q in asked.items() if other in second)
        rest = [where(q) for other, q in asked.items() if other != name and other not in second]
        if drive not in ways:
            rest.append(seen)
        pieces.append(_part(name, drive, begun, all_of(rest)))
    return together(" UNION ", pieces)


def _part(name: str, drive: Q, begun: Sql, rest: Sql) -> Sql:
    """What is looked at of one index: of several states one after the other's.

    Asked for several at once, a database may rather read the whole table until it has found enough.
    """
    codes = _codes(drive) if name in STATES else []
    if len(codes) < 2:
        return _rows(all_of([where(drive), begun]), rest, newest=_in_order(drive))
    states = [('"cases_case"."state" = %s', [code]) for code in codes]
    parts = [_rows(all_of([state, begun]), rest, newest=True) for state in states]
    sql, values = together(" UNION ALL ", parts)
    return f"SELECT * FROM ({sql}) several LIMIT {LOOKED + 1}", values  # nosec B608 # noqa: S608 - Django's SQL


def _rows(begun: Sql, rest: Sql, *, newest: bool) -> Sql:
    sql = f'SELECT id, number, {rest[0]} AS fits FROM "cases_case" WHERE {begun[0]}'  # nosec B608 # noqa: S608 - Django's SQL
    order = NEWEST if newest else ""
    return f"{sql}{order} LIMIT {LOOKED + 1}", rest[1] + begun[1]


def _drives(asked: Asked, ways: list[Q]) -> list[tuple[str, Q]]:
    """(name, condition) of the index each part of a list is read from: its narrowest, or else each way of seeing."""
    everywhere = ways == [Q()]
    for name in (*NARROW, *(WIDE if everywhere else ())):
        if name in asked:
            return [(name, asked[name])]
    return [("", way) for way in ways]


def _in_order(drive: Q) -> bool:
    """Whether the rows stand in the index from the newest to the oldest: one value is asked for, not several."""
    asked = _asked_of(drive)
    several = [value for name, value in asked if name.endswith("__in")]
    return drive.connector == Q.AND and all(isinstance(value, list) and len(value) == 1 for value in several)


def _codes(drive: Q) -> list[str]:
    return [code for _, codes in _asked_of(drive) for code in codes]


def _asked_of(drive: Q) -> list[tuple[str, Any]]:
    """(lookup, value) of each plain condition."""
    return [child for child in drive.children if isinstance(child, tuple)]
