"""Accounts are made, linked, stopped; roles are given and taken."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from goodword.base.core.transactions import one_fact
from goodword.base.people.actions import accounts, granting
from goodword.base.people.actors import Actor
from goodword.base.people.models import Account, Department, Person

from . import experience, kinds
from .facts import begin, journal


def one_time_password() -> str:
    """A password to hand over once: about 90 random bits, without signs that are hard to read out."""
    alphabet = "23456789abcdefghjkmnpqrstuvwxyz"
    return "-".join("".join(secrets.choice(alphabet) for _ in range(6)) for _ in range(3))


@dataclass(frozen=True, slots=True)
class Handed:
    """An account with the password that was made for it: the only time it is known."""

    account: Account
    password: str


def make_account(
    *,
    name: str,
    username: str,
    department: Department | None,
    name_en: str = "",
    phone_extension: str = "",
    by: Actor,
    at: datetime,
    password: Callable[[], str] = one_time_password,
) -> Handed:
    """Make a person with an account and a password to hand over. Journals `company.account_made`.

    Raises Forbidden, Invalid as `accounts.create_person_with_account` does.
    """
    chosen = password()
    with one_fact():
        begin()
        account = accounts.create_person_with_account(
            name=name,
            username=username,
            password=chosen,
            name_en=name_en,
            department=department,
            phone_extension=phone_extension,
            by=by,
            at=at,
        )
        home = department.code if department else ""
        journal(
            kinds.ACCOUNT_MADE, by=by, at=at, account=account.pk, person=account.person_id, department=home
        )
    return Handed(account, chosen)


def reset_password(
    account: Account, *, by: Actor, at: datetime, password: Callable[[], str] = one_time_password
) -> Handed:
    """Give the account a new password to hand over; its sessions end. Journals `company.password_reset`."""
    by.require("people.manage")
    chosen = password()
    with one_fact():
        begin()
        accounts.set_password(account, chosen, by=by)
        journal(kinds.PASSWORD_RESET, by=by, at=at, account=account.pk)
    return Handed(account, chosen)


def link_account(account: Account, person: Person, *, by: Actor, at: datetime) -> Account:
    """Say that the account is another one of `person`. Journals `company.account_linked` when it was not."""
    before = account.person_id
    with one_fact():
        begin()
        linked = accounts.link_account(account, person, by=by)
        if before != person.pk:
            journal(kinds.ACCOUNT_LINKED, by=by, at=at, account=account.pk, person=person.pk, before=before)
    return linked


def set_open(account: Account, is_open: bool, *, by: Actor, at: datetime) -> Account:
    """Stop an account or let it in again. Journals which, when it changes."""
    before = account.is_active
    with one_fact():
        begin()
        changed = (accounts.open_account if is_open else accounts.close_account)(account, by=by)
        if before != is_open:
            journal(
                kinds.ACCOUNT_RESUMED if is_open else kinds.ACCOUNT_STOPPED, by=by, at=at, account=account.pk
            )
    return changed


def give_role(account: Account, role: str, *, department: Department, by: Actor, at: datetime) -> None:
    """Give a role in a department from now on. Journals `company.role_given` unless it is held already.

    Raises Forbidden, Invalid as `granting.give_role`; Refused where a clause asks for more experience.
    """
    by.require("people.manage")
    with one_fact():
        begin()
        if refusal := experience.lacking(account.person, role, at=at):
            raise refusal
        grant = granting.give_role(account, role, department=department, by=by, at=at)
        if grant.starts_at == at:
            journal(kinds.ROLE_GIVEN, by=by, at=at, account=account.pk, role=role, department=department.code)


def take_role(account: Account, role: str, *, department: Department, by: Actor, at: datetime) -> bool:
    """Take a role away from now on; False when it was not held. Journals `company.role_taken` when it was."""
    with one_fact():
        begin()
        taken = granting.take_role(account, role, department=department, by=by, at=at)
        if taken:
            journal(kinds.ROLE_TAKEN, by=by, at=at, account=account.pk, role=role, department=department.code)
    return taken
