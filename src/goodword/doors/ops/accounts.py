"""Accounts from the command line: whoever can run it owns the machine, so it acts as the system, and is journalled.

What a clause asks of whoever holds a role is asked here too: the machine's owner is not above the regulations.
"""

from __future__ import annotations

import sys
from datetime import datetime

import click

from goodword.base.core.errors import NotFound
from goodword.base.people.actors import SYSTEM
from goodword.base.people.models import Account, Department
from goodword.wiring.administration import people as administration


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
    """Make a person with an account. Raises Invalid. Effects: both; `company.account_made`."""
    return administration.make_account(
        name=name, username=username, department=department, by=SYSTEM, at=at, password=lambda: password
    ).account


def reset_password(account: Account, password: str, *, at: datetime) -> None:
    """Set the password. Raises Invalid. Effects: the account; `company.password_reset`."""
    administration.reset_password(account, by=SYSTEM, at=at, password=lambda: password)


def give(account: Account, role: str, *, department: Department, at: datetime) -> None:
    """Give the role. Raises Refused where a clause asks for more experience. Effects: `company.role_given`."""
    administration.give_role(account, role, department=department, by=SYSTEM, at=at)


def take(account: Account, role: str, *, department: Department, at: datetime) -> bool:
    """Take the role; False when it was not held. Effects: the grant ends; `company.role_taken`."""
    return administration.take_role(account, role, department=department, by=SYSTEM, at=at)
