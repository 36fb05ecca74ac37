"""Who is told: from a role, a group or a bearer in the regulation's words to accounts at a moment."""

from __future__ import annotations

from datetime import datetime

from goodword.base.people import queries as people
from goodword.base.people.models import Account
from goodword.base.people.roles import GROUPS
from goodword.engine.obligations.models import Obligation


def bearers(obligation: Obligation, *, at: datetime) -> list[Account]:
    """Who bears the obligation at `at`: the person named or their stand-in, else who is on duty in the role."""
    if obligation.bearer_account is not None:
        there = people.present(obligation.bearer_account, at=at)
        if there is not None:
            return [there]
    return addressees(obligation.bearer_role, department=obligation.bearer_department, at=at)


def addressees(to: str, *, department: str, at: datetime) -> list[Account]:
    """The accounts that `to` (department_head, service_lead, a group's or a role's code) means at `at`.

    Where nobody holds the role, the head of the department: an alarm always reaches somebody.
    """
    if to in GROUPS:
        found = people.members_of(to, at=at)
    elif to == "department_head":
        found = []
    else:
        found = people.on_duty(to, at=at, department=department or None) or people.on_duty(to, at=at)
    if found:
        return found
    head = people.head_of(department or "service", at=at)
    return [head] if head else people.on_duty("service_lead", at=at)
