"""Who is who at a moment: roles held, heads, stand-ins, who is on duty."""

from __future__ import annotations

from datetime import datetime

from django.db import connection
from django.db.models import Q

from goodword.base.core.by_hand import moment_given

from .actors import Actor
from .models import Absence, Account, Department, GroupSeat, RoleGrant, Shift

LONGEST_CHAIN = 5
FIND_DEPARTMENT = (
    "SELECT id, code, name_zh, name_en, head_id, merged_into_id FROM people_department WHERE code = %s"
)
GRANTS = (
    "SELECT held.role, home.code FROM people_rolegrant held JOIN people_department home "
    "ON home.id = held.department_id WHERE held.account_id = %s "
    "AND held.starts_at <= %s AND (held.ends_at IS NULL OR held.ends_at > %s)"
)


def actor_for(account: Account, *, at: datetime, limit: frozenset[str] | None = None) -> Actor:
    """The account as an Actor with the roles it holds at `at`; `limit` are an API token's scopes. One query."""
    if not account.is_active:
        return Actor(account.pk, account.person_id, limit=frozenset())
    with connection.cursor() as cursor:  # by hand: asked for every page and every call
        moment = moment_given(at)
        cursor.execute(GRANTS, [account.pk, moment, moment])
        grants = frozenset(cursor.fetchall())
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
    return _present(account, _stand_ins(at)) if account is not None else None


def _stand_ins(at: datetime) -> dict[int, Account]:
    """{account away at `at`: who stands in for it}. One query."""
    away = Absence.objects.filter(starts_at__lte=at, ends_at__gt=at).select_related("stand_in__person")
    return {absence.account_id: absence.stand_in for absence in away}


def _present(account: Account, stand_ins: dict[int, Account]) -> Account | None:
    seen: set[int] = set()
    while account.pk in stand_ins:
        seen.add(account.pk)
        account = stand_ins[account.pk]
        if account.pk in seen or len(seen) >= LONGEST_CHAIN:
            return None
    return account if account.is_active else None


def _all_present(accounts: list[Account], *, at: datetime) -> list[Account]:
    """Those of `accounts` who are there, stand-ins in place of those away, nobody twice, in order."""
    stand_ins = _stand_ins(at)
    there = (_present(account, stand_ins) for account in accounts)
    return list(dict.fromkeys(account for account in there if account is not None))


def department_now(code: str) -> Department:
    """The department with this code, or the one it was merged into. Raises Department.DoesNotExist."""
    fields = ["id", "code", "name_zh", "name_en", "head_id", "merged_into_id"]
    with connection.cursor() as cursor:  # by hand: asked for every case that goes its way alone
        cursor.execute(FIND_DEPARTMENT, [code])
        row = cursor.fetchone()
    if row is None:
        raise Department.DoesNotExist(code)
    found = Department.from_db("default", fields, row)
    return found.merged_into or found


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
    covering = Shift.objects.filter(starts_at__lte=at, ends_at__gt=at, account__in=held)
    rostered = set(covering.values_list("account_id", flat=True))
    chosen = [a for a in held if a.pk in rostered] or [a for a in held if a.on_shift] or held
    return _all_present(chosen, at=at)


def members_of(group: str, *, at: datetime) -> list[Account]:
    """The members of a standing group, leader first, stand-ins in place of those away."""
    order = {"leader": 0, "deputy": 1, "member": 2}
    seats = sorted(
        GroupSeat.objects.filter(group=group).select_related("account__person"), key=lambda s: order[s.seat]
    )
    return _all_present([seat.account for seat in seats], at=at)


def call_chain(department: str, *, at: datetime) -> list[Account]:
    """Who is rung for `department`, in order: the head, its other department heads, the service lead, the executives."""
    first = head_of(department, at=at)
    others = [
        *holders("department_head", department=department, at=at),
        *holders("service_lead", at=at),
        *holders("deputy_general_manager", at=at),
        *holders("general_manager", at=at),
    ]
    return _all_present([*([first] if first else []), *others], at=at)
