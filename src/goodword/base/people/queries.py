"""Who is who at a moment: roles held, heads, stand-ins, who is on duty."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from .actors import Actor
from .models import Absence, Account, Department, GroupSeat, RoleGrant

LONGEST_CHAIN = 5


def actor_for(account: Account, *, at: datetime, limit: frozenset[str] | None = None) -> Actor:
    """The account as an Actor with the roles it holds at `at`; `limit` are an API token's scopes. One query."""
    if not account.is_active:
        return Actor(account.pk, account.person_id, limit=frozenset())
    grants = frozenset(
        RoleGrant.objects.filter(_in_force(at), account=account).values_list("role", "department__code")
    )
    return Actor(
        account_id=account.pk,
        person_id=account.person_id,
        name=account.person.name,
        grants=grants,
        limit=limit,
        departments=frozenset(department for _, department in grants),
    )


def _in_force(at: datetime) -> Q:
    return Q(starts_at__lte=at) & (Q(ends_at=None) | Q(ends_at__gt=at))


def present(account: Account | None, *, at: datetime) -> Account | None:
    """The account itself, or who stands in for it at `at`; None when the chain of stand-ins is broken or a ring."""
    seen: set[int] = set()
    while account is not None and account.pk not in seen and len(seen) < LONGEST_CHAIN:
        seen.add(account.pk)
        away = (
            Absence.objects.filter(account=account, starts_at__lte=at, ends_at__gt=at)
            .select_related("stand_in__person")
            .first()
        )
        if away is None:
            return account if account.is_active else None
        account = away.stand_in
    return None


def head_of(department: str, *, at: datetime) -> Account | None:
    """Who is handled as the head of `department` at `at`: its head, the head's stand-in, or a deputy in that role."""
    row = Department.objects.select_related("head__person").filter(code=department).first()
    if row is None:
        return None
    return present(row.head, at=at) or next(
        (
            found
            for account in holders("department_head", department=department, at=at)
            if (found := present(account, at=at))
        ),
        None,
    )


def holders(role: str, *, at: datetime, department: str | None = None) -> list[Account]:
    """Active accounts that hold `role` at `at`, in `department` when one is named, by name of account."""
    grants = RoleGrant.objects.filter(_in_force(at), role=role, account__is_active=True)
    if department:
        grants = grants.filter(department__code=department)
    return list(
        Account.objects.filter(pk__in=grants.values("account"))
        .select_related("person", "department")
        .order_by("pk")
    )


def on_duty(role: str, *, at: datetime, department: str | None = None) -> list[Account]:
    """Holders of `role` who are on shift or on call at `at`, stand-ins in place of those away.

    Where no roster covers the moment, all present holders whose on-shift switch is on; failing that, all present.
    """
    held = holders(role, at=at, department=department)
    rostered = [a for a in held if a.shifts.filter(starts_at__lte=at, ends_at__gt=at).exists()]
    chosen = rostered or [a for a in held if a.on_shift] or held
    there = [present(account, at=at) for account in chosen]
    return list(dict.fromkeys(account for account in there if account is not None))


def members_of(group: str, *, at: datetime) -> list[Account]:
    """The members of a standing group, leader first, stand-ins in place of those away."""
    order = {"leader": 0, "deputy": 1, "member": 2}
    seats = sorted(
        GroupSeat.objects.filter(group=group).select_related("account__person"), key=lambda s: order[s.seat]
    )
    return list(dict.fromkeys(a for seat in seats if (a := present(seat.account, at=at))))


def call_chain(department: str, *, at: datetime) -> list[Account]:
    """Who is rung for `department`, in order: the head, its other department heads, the service lead, the executives."""
    first = head_of(department, at=at)
    others = [
        *holders("department_head", department=department, at=at),
        *holders("service_lead", at=at),
        *holders("deputy_general_manager", at=at),
        *holders("general_manager", at=at),
    ]
    there = [first, *(present(account, at=at) for account in others)]
    return list(dict.fromkeys(account for account in there if account is not None))
