"""Departments are the company's own: renamed, added, merged, and given a head."""

from __future__ import annotations

import re
from datetime import datetime

from goodword.base.core.errors import Invalid, Refused
from goodword.base.core.transactions import one_fact

from ..actors import Actor
from ..models import Account, Department, RoleGrant

_CODE = re.compile(r"[a-z][a-z0-9_]{1,39}")


def add(code: str, *, name_zh: str, name_en: str, by: Actor) -> Department:
    """Add a department. Raises Forbidden without people.manage, Invalid, Refused when the code is taken."""
    by.require("people.manage")
    if not _CODE.fullmatch(code):
        raise Invalid("部门代码有误。", "The code cannot be used.", fields={"code": "a-z, 0-9, _"})
    _check_names(name_zh, name_en)
    with one_fact():
        department, is_new = Department.objects.get_or_create(
            code=code, defaults={"name_zh": name_zh.strip(), "name_en": name_en.strip()}
        )
    if not is_new:
        raise Refused("该部门代码已存在。", "There is a department with this code.")
    return department


def rename(department: Department, *, name_zh: str, name_en: str, by: Actor) -> Department:
    """Call it something else; its code stays, so that regulations and cases still mean it. Raises Forbidden, Invalid."""
    by.require("people.manage")
    _check_names(name_zh, name_en)
    Department.objects.filter(pk=department.pk).update(name_zh=name_zh.strip(), name_en=name_en.strip())
    department.refresh_from_db()
    return department


def set_head(department: Department, account: Account | None, *, by: Actor) -> Department:
    """Make the account its head, or leave it without; departments merged into it get the same head.

    Raises Forbidden without people.manage, Refused for a closed account or a department merged into another.
    """
    by.require("people.manage")
    if account is not None and not account.is_active:
        raise Refused("该账号已停用。", "This account is closed.")
    _refuse_merged(department)
    with one_fact():
        Department.objects.filter(pk=department.pk).update(head=account)
        Department.objects.filter(merged_into=department).update(head=account)
    department.refresh_from_db()
    return department


def merge(department: Department, *, into: Department, by: Actor, at: datetime) -> Department:
    """Merge a department into another.

    Effects: its accounts and what was merged into it before go over; a role held in it ends at `at` and is held in
    the other from then on; it keeps its code and gets the other's head, so that what still names it finds somebody.
    Raises Forbidden without people.manage, Refused when either is merged already or both are the same.
    """
    by.require("people.manage")
    _refuse_merged(department)
    _refuse_merged(into)
    if department.pk == into.pk:
        raise Refused("不能并入自己。", "A department is not merged into itself.")
    with one_fact():
        Account.objects.filter(department=department).update(department=into)
        for grant in RoleGrant.objects.filter(department=department, ends_at=None):
            RoleGrant.objects.filter(pk=grant.pk).update(ends_at=at)
            RoleGrant.objects.get_or_create(
                account_id=grant.account_id,
                role=grant.role,
                department=into,
                ends_at=None,
                defaults={"starts_at": at},
            )
        Department.objects.filter(merged_into=department).update(merged_into=into, head=into.head)
        Department.objects.filter(pk=department.pk).update(merged_into=into, head=into.head)
    department.refresh_from_db()
    return department


def _refuse_merged(department: Department) -> None:
    if department.merged_into_id is not None:
        raise Refused(
            f"{department.name_zh}已并入其他部门。", f"{department.name_en} is merged into another."
        )


def _check_names(name_zh: str, name_en: str) -> None:
    given = {"name_zh": name_zh.strip(), "name_en": name_en.strip()}
    wrong = {field: "1–80" for field, name in given.items() if not 1 <= len(name) <= 80}
    if wrong:
        raise Invalid("请填写中英文名称。", "Give the names in both languages.", fields=wrong)
