"""The demo company's people get their accounts, roles, heads, seats and rosters."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.contrib.auth.hashers import make_password

from goodword.base.people.actions import accounts, departments, granting
from goodword.base.people.actors import SYSTEM
from goodword.base.people.models import Account, Department, GroupSeat, Person
from goodword.base.people.roles import ROLES
from goodword.wiring.administration.company import name_company

from .staff import MEMBERS, SAME_PERSON_AS, SEATS, SECOND_ACCOUNT, Member

PASSWORD = "goodword-demo-2026"  # noqa: S105 - the demo company's log-ins are open by design; it listens on 127.0.0.1
COMPANY = ("示例直播设备租赁公司", "Example Livestream Rentals")


def hire(*, at: datetime) -> dict[str, Account]:
    """Everybody of the demo company, by username, employed since `at`."""
    name_company(zh=COMPANY[0], en=COMPANY[1], by=SYSTEM, at=at)
    homes = {department.code: department for department in Department.objects.all()}
    hired = {member.username: _hire(member, homes, at=at) for member in (*MEMBERS, SECOND_ACCOUNT)}
    _appoint_heads(hired, homes)
    _link_second_account(hired)
    GroupSeat.objects.bulk_create(
        GroupSeat(group=group, account=hired[username], seat=seat)
        for group, seats in SEATS.items()
        for username, seat in seats
    )
    # One hash for all: forty slow hashes of one known word would only make the first start slow.
    Account.objects.filter(pk__in=[a.pk for a in hired.values()]).update(password=make_password(PASSWORD))
    found = Account.objects.select_related("person", "department").order_by("pk")
    return {account.username: account for account in found}


def log_ins() -> list[tuple[str, str, str]]:
    """(username, what they are in Chinese, in English) of every demo account."""
    shown = []
    for member in (*MEMBERS, SECOND_ACCOUNT):
        zh = "、".join(ROLES[role].zh for role in member.roles)
        en = ", ".join(ROLES[role].en for role in member.roles)
        shown.append((member.username, f"{member.name} · {zh}", f"{member.name_en} · {en}"))
    return shown


def _hire(member: Member, homes: dict[str, Department], *, at: datetime) -> Account:
    home = homes[member.department]
    account = accounts.create_person_with_account(
        name=member.name,
        name_en=member.name_en,
        username=member.username,
        department=home,
        phone_extension=f"8{Account.objects.count() + 1:03d}",
        by=SYSTEM,
        at=at,
    )
    since = at.date() - timedelta(days=365 * member.years)
    Person.objects.filter(pk=account.person_id).update(experience_since=date(since.year, since.month, 1))
    for role in member.roles:
        granting.give_role(account, role, department=home, by=SYSTEM, at=at)
    return account


def _appoint_heads(hired: dict[str, Account], homes: dict[str, Department]) -> None:
    heads: dict[str, Account] = {"management": hired["gm"]}
    for member in MEMBERS:
        if member.is_head:
            heads.setdefault(member.department, hired[member.username])
    for code, account in heads.items():
        departments.set_head(homes[code], account, by=SYSTEM)


def _link_second_account(hired: dict[str, Account]) -> None:
    second = hired[SECOND_ACCOUNT.username]
    alone = second.person_id
    accounts.link_account(second, hired[SAME_PERSON_AS].person, by=SYSTEM)
    Person.objects.filter(pk=alone, accounts=None).delete()
