"""Whether a standing group is made up as its clause asks: leader, deputies and members, by role or department."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from goodword.base.core.clock import local_day
from goodword.base.people.models import RoleGrant
from goodword.base.people.roles import GROUPS
from goodword.engine.policy.queries import values_of

from .standing import Standing


@dataclass(frozen=True, slots=True)
class Asked:
    """A place the clause wants filled by somebody `of` a role or a department (its code)."""

    place: str
    of: str
    is_filled: bool


def make_up(group: str, seats: list[Standing], *, at: datetime) -> list[Asked]:
    """What the group's clause asks for on that day, and whether the seats fill it. Two queries.

    A leader or deputy must sit as such; whoever else is named may sit in any place.
    """
    sitting = [(seat.seat, codes) for seat, codes in zip(seats, _codes(seats, at=at), strict=True)]
    values = values_of(GROUPS[group][2], on=local_day(at))
    return [
        Asked(place, of, any(of in codes and place in ("member", seat) for seat, codes in sitting))
        for place, of in _places(values)
    ]


def _places(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if leader := values.get("leader"):
        yield "leader", leader
    yield from (("deputy", of) for of in values.get("deputies", ()))
    yield from (("member", of) for of in values.get("members", ()))


def _codes(seats: list[Standing], *, at: datetime) -> list[set[str]]:
    """For each seat, the codes of the roles its holder has and of the departments he is in."""
    accounts = [seat.account for seat in seats]
    codes = {account.pk: {account.department.code} if account.department else set() for account in accounts}
    held = RoleGrant.objects.filter(Q(ends_at=None) | Q(ends_at__gt=at), account__in=codes, starts_at__lte=at)
    for account, role, department in held.values_list("account", "role", "department__code"):
        codes[account] |= {role, department}
    return [codes[account.pk] for account in accounts]
