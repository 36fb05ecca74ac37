"""Persons get accounts; an account may be linked to the person it really belongs to, closed and opened."""

from __future__ import annotations

import re
from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from goodword.base.core.errors import Invalid, Refused
from goodword.base.core.transactions import one_fact

from ..actors import Actor
from ..models import Account, Department, Person

_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,79}")


def create_person_with_account(
    *,
    name: str,
    username: str,
    password: str | None = None,
    name_en: str = "",
    department: Department | None = None,
    email: str = "",
    phone_extension: str = "",
    language: str = "zh-hans",
    by: Actor,
    at: datetime,
) -> Account:
    """Make a person and its account. Without a password nobody can log in until one is set.

    username: small letters, digits, dot, dash, underscore; two characters or more.
    Raises Forbidden without people.manage; Invalid by field: a name missing, a username malformed or taken, a
    password that is too weak.
    """
    by.require("people.manage")
    username = username.strip().lower()
    wrong = {}
    if not 1 <= len(name.strip()) <= 80:
        wrong["name"] = "请填写姓名,不超过 80 字 / 1 to 80 characters"
    if not _USERNAME.fullmatch(username):
        wrong["username"] = (
            "小写字母、数字、点、横线,至少两位 / small letters, digits, dot or dash, two or more"
        )
    elif Account.objects.filter(username=username).exists():
        wrong["username"] = "该用户名已被使用 / taken"
    if password is not None and (weak := _weakness(password)):
        wrong["password"] = weak
    if wrong:
        raise Invalid("账号信息有误。", "The account cannot be made as it is.", fields=wrong)
    try:
        with one_fact():
            person = Person.objects.create(name=name.strip(), name_en=name_en.strip())
            return Account.objects.create_user(
                username,
                password,
                person=person,
                department=department,
                email=email.strip(),
                phone_extension=phone_extension.strip(),
                language=language,
                created_at=at,
            )
    except IntegrityError:
        raise Invalid(
            "该用户名已被使用。", "The username is taken.", fields={"username": "已被使用 / taken"}
        ) from None


def link_account(account: Account, person: Person, *, by: Actor) -> Account:
    """Say that the account belongs to `person`, who may have others: independence is judged by person.

    Raises Forbidden without people.manage.
    """
    by.require("people.manage")
    Account.objects.filter(pk=account.pk).update(person=person)
    account.refresh_from_db()
    return account


def set_password(account: Account, password: str, *, by: Actor) -> Account:
    """Set the password: one's own, or anybody's with people.manage. Raises Forbidden, Invalid when too weak."""
    if by.account_id != account.pk or by.limit is not None:
        by.require("people.manage")
    if weak := _weakness(password, account):
        raise Invalid("密码过弱。", "The password is too weak.", fields={"password": weak})
    account.set_password(password)
    account.save(update_fields=["password"])
    return account


def close_account(account: Account, *, by: Actor) -> Account:
    """Close the account: it cannot log in and bears nothing any more; what it did stays.

    Raises Forbidden without people.manage, Refused for one's own account.
    """
    by.require("people.manage")
    if by.account_id == account.pk:
        raise Refused("不能停用自己的账号。", "Nobody closes his own account.")
    return _set_active(account, False)


def open_account(account: Account, *, by: Actor) -> Account:
    """Open a closed account again. Raises Forbidden without people.manage."""
    by.require("people.manage")
    return _set_active(account, True)


def _set_active(account: Account, is_active: bool) -> Account:
    Account.objects.filter(pk=account.pk).update(is_active=is_active)
    account.refresh_from_db()
    return account


def _weakness(password: str, account: Account | None = None) -> str:
    try:
        validate_password(password, account)
    except ValidationError as problem:
        return " ".join(problem.messages)
    return ""
