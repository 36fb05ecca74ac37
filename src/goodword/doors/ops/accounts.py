"""Accounts from the command line: whoever can run it owns the machine, so it acts as the system, and is journalled."""

from __future__ import annotations

import sys
from datetime import datetime

import click

from goodword.base.core.errors import NotFound
from goodword.base.core.transactions import one_fact
from goodword.base.people.actions.accounts import create_person_with_account, set_password
from goodword.base.people.actions.granting import give_role, take_role
from goodword.base.people.actors import SYSTEM
from goodword.base.people.models import Account, Department
from goodword.engine.journal.recording import record
from goodword.wiring.administration.kinds import ACCOUNT_MADE, COMPANY, PASSWORD_RESET, ROLE_GIVEN, ROLE_TAKEN


def account_named(username: str) -> Account:
    """The account called `username`. Raises NotFound."""
    account = Account.objects.filter(username=username.strip().lower()).first()
    if account is None:
        raise NotFound(f"没有账号 {username}。", f"There is no account {username}.")
    return account


def department_named(code: str) -> Department:
    """The department with the code. Raises NotFound."""
    department = Department.objects.filter(code=code).first()
    if department is None:
        codes = ", ".join(Department.objects.values_list("code", flat=True)) or "goodword migrate"
        raise NotFound(f"没有部门 {code}:{codes}。", f"There is no department {code}; there are: {codes}.")
    return department


def password_read(from_stdin: bool) -> str:
    """A password, from standard input or typed twice without being shown; never from the command line."""
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    typed: str = click.prompt("password", hide_input=True, confirmation_prompt=True, err=True)
    return typed


def make(username: str, *, name: str, password: str, department: Department, at: datetime) -> Account:
    """Make a person with an account. Effects: both; `company.account_made`."""
    with one_fact():
        account = create_person_with_account(
            name=name, username=username, password=password, department=department, by=SYSTEM, at=at
        )
        facts = {"account": account.pk, "person": account.person_id, "department": department.code}
        record(ACCOUNT_MADE, COMPANY[1], by=SYSTEM, at=at, facts=facts)
    return account


def reset_password(account: Account, password: str, *, at: datetime) -> None:
    """Set the password. Effects: the account; `company.password_reset`."""
    with one_fact():
        set_password(account, password, by=SYSTEM)
        record(PASSWORD_RESET, COMPANY[1], by=SYSTEM, at=at, facts={"account": account.pk})


def give(account: Account, role: str, *, department: Department, at: datetime) -> None:
    """Give the role. Effects: the grant; `company.role_given`."""
    with one_fact():
        give_role(account, role, department=department, by=SYSTEM, at=at)
        record(ROLE_GIVEN, COMPANY[1], by=SYSTEM, at=at, facts=_grant(account, role, department))


def take(account: Account, role: str, *, department: Department, at: datetime) -> bool:
    """Take the role; False when it was not held. Effects: the grant ends; `company.role_taken`."""
    with one_fact():
        taken = take_role(account, role, department=department, by=SYSTEM, at=at)
        if taken:
            record(ROLE_TAKEN, COMPANY[1], by=SYSTEM, at=at, facts=_grant(account, role, department))
    return taken


def _grant(account: Account, role: str, department: Department) -> dict[str, object]:
    return {"account": account.pk, "role": role, "department": department.code}
