"""Whether a standing group is made up as its clause asks: leader, deputies and members, by role or department."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from goodword.base.core.clock import local_day
from goodword.base.people.models import Account, RoleGrant
from goodword.base.people.roles import DEPARTMENTS, GROUPS, ROLES
from goodword.engine.policy.queries import values_of

from .standing import Standing


@dataclass(frozen=True, slots=True)
class Asked:
    """A place the clause wants filled by somebody `of` a role or a department (its code)."""

    place: str
    of: str
    is_role: bool
    is_filled: bool


def make_up(group: str, seats: list[Standing], *, at: datetime) -> list[Asked]:
    """What the group's clause asks for on that day, and whether the seats fill it. Two queries.

    A leader or deputy must sit as such; whoever else is named may sit in any place.
    """
    values = values_of(GROUPS[group][2], on=local_day(at))
    belonging = _belonging([seat.account for seat in seats], at=at)
    return [
        Asked(
            place,
            of,
            is_role,
            any(
                (is_role, of) in belonging[seat.account.pk] and place in ("member", seat.seat)
                for seat in seats
            ),
        )
        for place, of, is_role in _places(values)
    ]


def _places(values: Mapping[str, Any]) -> Iterator[tuple[str, str, bool]]:
    """(place, code, whether it is a role's). A code that a department has too means the department (CS-2.2)."""
    if leader := values.get("leader"):
        yield "leader", leader, True
    for place, named in (("deputy", "deputies"), ("member", "members")):
        for of in values.get(named, ()):
            yield place, of, of in ROLES and of not in DEPARTMENTS


def _belonging(accounts: list[Account], *, at: datetime) -> dict[int, set[tuple[bool, str]]]:
    """{account: the roles it holds (True, code) and the departments it is in (False, code)}."""
    found = {
        account.pk: {(False, account.department.code)} if account.department else set()
        for account in accounts
    }
    held = RoleGrant.objects.filter(Q(ends_at=None) | Q(ends_at__gt=at), account__in=found, starts_at__lte=at)
    for account, role, department in held.values_list("account", "role", "department__code"):
        found[account] |= {(True, role), (False, department)}
    return found
