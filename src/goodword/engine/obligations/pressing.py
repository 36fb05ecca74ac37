"""What somebody owes, the most pressing first: read from indexes in their order, never more than is shown.

places = most_pressing([named(7), held("service", ("intake",))])   # at most MOST, in order
rows = those_at(places)
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from goodword.base.core.asking import asked_often
from goodword.base.people.actors import Actor

from .models import Obligation

MOST = 120
"""More than a person can look at."""
NO_END = datetime(9000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Way:
    """One way in which obligations fall to somebody: named accounts; a department, whoever is named; or roles held
    in a department, where nobody is named. Each is answered by an index in the order of urgency."""

    accounts: tuple[int, ...] = ()
    department: str = ""
    roles: tuple[str, ...] = ()


class Place(NamedTuple):
    """Where an obligation stands in the order of urgency; those that stand still come last."""

    still: bool
    at: datetime
    due_at: datetime
    key: UUID


class Owed(NamedTuple):
    """What a line of a list shows of an obligation: columns of `models.Obligation`, and who is named."""

    pk: UUID
    clause_id: str
    subject_type: str
    subject_id: str
    period: str
    bearer_role: str
    bearer: str | None
    started_at: datetime
    warn_at: datetime
    due_at: datetime
    pauses: list[list[str | None]]
    provisional: bool

    @property
    def is_paused(self) -> bool:
        """Whether its clock stands still now."""
        return bool(self.pauses) and self.pauses[-1][1] is None


def borne_by(actor: Actor, *, standing_in_for: frozenset[int] = frozenset()) -> list[Way]:
    """The ways in which an actor owes something: by name, for those he stands in for, or by a role held in the
    department where nobody is named."""
    named = sorted(pk for pk in {actor.account_id, *standing_in_for} if pk is not None)
    roles: dict[str, set[str]] = {}
    for role, department in actor.grants:
        roles.setdefault(department, set()).add(role)
        roles.setdefault("", set()).add(role)
    return [
        *(Way(accounts=(pk,)) for pk in named),
        *(Way(department=home, roles=tuple(sorted(held))) for home, held in sorted(roles.items())),
    ]


def most_pressing(ways: Iterable[Way]) -> list[Place]:
    """The first MOST open obligations of live work that fit any of the ways. One query for each way, two while there
    are fewer; a way is read no further than what the ways before it have found makes worth while."""
    ways = list(ways)
    found: set[Place] = set()
    until = NO_END
    for way in ways:
        found.update(Place(False, *row) for row in _running(way, until))
        if len(found) >= MOST:
            until = sorted(found)[MOST - 1].at
    if len(found) < MOST:
        for way in ways:
            found.update(Place(True, due_at, due_at, pk) for due_at, pk in _still(way))
    return sorted(found)[:MOST]


def how_many(ways: Iterable[Way]) -> int:
    """How many open obligations of live work fit any of the ways; MOST stands for as many and more. A query a way."""
    found: set[UUID] = set()
    for way in ways:
        found.update(_any(way))
        if len(found) >= MOST:
            return MOST
    return len(found)


def those_at(places: Sequence[Place]) -> list[Owed]:
    """The obligations at these places, in their order. One query."""
    found = {row[0]: Owed(*row) for row in _lines([place.key for place in places])}
    return [found[place.key] for place in places if place.key in found]


def _any(way: Way) -> Iterable[UUID]:
    if way.accounts:
        return _any_named(way.accounts)
    if way.roles:
        return _any_held(way.department, way.roles)
    return _any_home(way.department)


def _running(way: Way, until: datetime) -> Iterable[Any]:
    if way.accounts:
        return _running_named(way.accounts, until)
    if way.roles:
        return _running_held(way.department, way.roles, until)
    return _running_home(way.department, until)


def _still(way: Way) -> Iterable[Any]:
    if way.accounts:
        return _still_named(way.accounts)
    if way.roles:
        return _still_held(way.department, way.roles)
    return _still_home(way.department)


def _live() -> QuerySet[Obligation]:
    return Obligation.objects.filter(state="open", history=False)


def _until(until: datetime) -> QuerySet[Obligation]:
    """Live ones whose clock runs, up to a moment."""
    return _live().filter(wake_at__lte=until)


def _stopped() -> QuerySet[Obligation]:
    return _live().filter(wake_at=None)


def _first(rows: QuerySet[Obligation]) -> QuerySet[Obligation, tuple[Any, ...]]:
    return rows.order_by("wake_at", "due_at").values_list("wake_at", "due_at", "pk")[:MOST]


def _first_still(rows: QuerySet[Obligation]) -> QuerySet[Obligation, tuple[Any, ...]]:
    return rows.order_by("due_at").values_list("due_at", "pk")[:MOST]


@asked_often
def _any_named(accounts: Sequence[int]) -> QuerySet[Obligation, UUID]:
    return _live().filter(bearer_account__in=accounts).values_list("pk", flat=True)[:MOST]


@asked_often
def _any_home(department: str) -> QuerySet[Obligation, UUID]:
    return _live().filter(bearer_department=department).values_list("pk", flat=True)[:MOST]


@asked_often
def _any_held(department: str, roles: Sequence[str]) -> QuerySet[Obligation, UUID]:
    rows = _live().filter(bearer_account=None, bearer_department=department, bearer_role__in=roles)
    return rows.values_list("pk", flat=True)[:MOST]


@asked_often
def _running_named(accounts: Sequence[int], until: datetime) -> QuerySet[Obligation, tuple[Any, ...]]:
    return _first(_until(until).filter(bearer_account__in=accounts))


@asked_often
def _running_home(department: str, until: datetime) -> QuerySet[Obligation, tuple[Any, ...]]:
    return _first(_until(until).filter(bearer_department=department))


@asked_often
def _running_held(
    department: str, roles: Sequence[str], until: datetime
) -> QuerySet[Obligation, tuple[Any, ...]]:
    rows = _until(until).filter(bearer_account=None, bearer_department=department, bearer_role__in=roles)
    return _first(rows)


@asked_often
def _still_named(accounts: Sequence[int]) -> QuerySet[Obligation, tuple[Any, ...]]:
    return _first_still(_stopped().filter(bearer_account__in=accounts))


@asked_often
def _still_home(department: str) -> QuerySet[Obligation, tuple[Any, ...]]:
    return _first_still(_stopped().filter(bearer_department=department))


@asked_often
def _still_held(department: str, roles: Sequence[str]) -> QuerySet[Obligation, tuple[Any, ...]]:
    rows = _stopped().filter(bearer_account=None, bearer_department=department, bearer_role__in=roles)
    return _first_still(rows)


@asked_often
def _lines(keys: Sequence[UUID]) -> QuerySet[Obligation, tuple[Any, ...]]:
    columns = ["bearer_account__person__name" if name == "bearer" else name for name in Owed._fields]
    return Obligation.objects.filter(pk__in=keys).values_list(*columns)
