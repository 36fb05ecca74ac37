"""Roles are given and taken. Who journals it stands above: people know nothing of the journal."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError
from django.db.models import Q

from goodword.base.core.errors import Invalid, Refused
from goodword.base.core.transactions import one_fact

from ..actors import Actor
from ..models import Account, Department, RoleGrant
from ..roles import ROLES


def give_role(account: Account, role: str, *, department: Department, by: Actor, at: datetime) -> RoleGrant:
    """Give the account a role in a department, from `at` on; the grant that is there when it holds it already.

    Raises Forbidden without people.manage, Invalid for an unknown role, Refused for an account that is closed or is
    the giver's own (any account of the same person).
    """
    by.require("people.manage")
    if role not in ROLES:
        raise Invalid("没有这个角色。", "There is no such role.", fields={"role": role[:40]})
    if not account.is_active:
        raise Refused(
            "该账号已停用。", "This account is closed.", cure_zh="请先启用。", cure_en="Open it first."
        )
    if by.person_id is not None and by.person_id == account.person_id:
        raise Refused(
            "不能给自己授予角色。",
            "Nobody gives himself a role.",
            cure_zh="请另一位管理员操作。",
            cure_en="Ask another administrator.",
        )
    held = RoleGrant.objects.filter(account=account, role=role, department=department, ends_at=None)
    try:
        with one_fact():
            return held.first() or RoleGrant.objects.create(
                account=account, role=role, department=department, starts_at=at
            )
    except IntegrityError:
        return held.get()


def take_role(account: Account, role: str, *, department: Department, by: Actor, at: datetime) -> bool:
    """Take a role away as of `at`; what it did stays. False when the account does not hold it.

    Raises Forbidden without people.manage, Refused for the last administrator.
    """
    by.require("people.manage")
    with one_fact():
        if role == "administrator" and not _others_administer(account, at=at):
            raise Refused(
                "至少要有一位系统管理员。",
                "There must be an administrator.",
                cure_zh="请先授予另一个账号。",
                cure_en="Give the role to another account first.",
            )
        held = RoleGrant.objects.filter(account=account, role=role, department=department)
        return bool(held.filter(Q(ends_at=None) | Q(ends_at__gt=at)).update(ends_at=at))


def _others_administer(account: Account, *, at: datetime) -> bool:
    held = RoleGrant.objects.filter(role="administrator", account__is_active=True, starts_at__lte=at)
    return held.filter(Q(ends_at=None) | Q(ends_at__gt=at)).exclude(account=account).exists()
