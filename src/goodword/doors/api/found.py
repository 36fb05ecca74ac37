"""From the names in a request to the things they name; what is not there and what is not shown are one."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from goodword.base.core.errors import Invalid, NotFound
from goodword.base.people.models import Account, Department
from goodword.company.customers.models import Customer


def department(code: str) -> Department:
    """The department with this code, its successor where it was merged. Raises Invalid."""
    found = Department.objects.select_related("merged_into").filter(code=code).first()
    if found is None:
        raise Invalid("没有这个部门。", "There is no such department.", fields={"department": code})
    return found.merged_into or found


def account(account_id: int | None, *, field: str = "assignee") -> Account | None:
    """The active account with this id; None for None. Raises Invalid."""
    if account_id is None:
        return None
    found = (
        Account.objects.select_related("person", "department").filter(pk=account_id, is_active=True).first()
    )
    if found is None:
        raise Invalid("没有这个账号。", "There is no such account.", fields={field: str(account_id)})
    return found


def somebody(account_id: int, *, field: str) -> Account:
    """The active account with this id. Raises Invalid."""
    found = account(account_id, field=field)
    assert found is not None
    return found


def accounts(ids: Iterable[int], *, field: str) -> list[Account]:
    """The active accounts with these ids. Raises Invalid when one is not there."""
    wanted = set(ids)
    rows = list(Account.objects.select_related("person").filter(pk__in=wanted, is_active=True))
    if missing := wanted - {row.pk for row in rows}:
        named = ", ".join(map(str, sorted(missing)))
        raise Invalid("有账号不存在。", "Some accounts do not exist.", fields={field: named})
    return rows


def customer(key: str) -> Customer:
    """The customer with this id or number. Raises NotFound."""
    rows = Customer.objects.all()
    found = rows.filter(number=int(key)).first() if is_number(key) else rows.filter(pk=as_uuid(key)).first()
    if found is None:
        raise NotFound
    return found


def is_number(key: str) -> bool:
    """Whether the key is one of the short numbers people use (SQLite and PostgreSQL hold nine digits anywhere)."""
    return key.isascii() and key.isdecimal() and len(key) <= 9


def as_uuid(key: str) -> UUID:
    """The key as an id. Raises NotFound, for nothing has such an id."""
    try:
        return UUID(key)
    except ValueError:
        raise NotFound from None
