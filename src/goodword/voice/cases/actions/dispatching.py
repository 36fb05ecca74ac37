"""Dispatch (FB-3.2c): the case goes to its department and, where somebody is on duty, to a person."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count, Q

from goodword.base.core.transactions import one_fact
from goodword.base.people import queries as people
from goodword.base.people.actors import Actor
from goodword.base.people.models import Account, Department
from goodword.engine.journal.recording import record

from .. import states
from ..kinds import DISPATCHED
from ..models import Case, Handover
from ..rules import record_elements
from ._ground import change, handled, lock, require_open

WORKERS = {
    "technology": "engineer",
    "warehouse": "warehouse",
    "equipment": "warehouse",
    "service": "intake",
    "sales": "account_manager",
    "business": "account_manager",
}
"""The role that works on cases in a department; elsewhere its head."""


def dispatch(
    case: Case,
    *,
    by: Actor,
    at: datetime,
    department: Department,
    assignee: Account | None = None,
    automatic: bool = False,
) -> Case:
    """Send a case to a department; without a named person the system picks who is on duty with the least to do.

    Effects: department and assignee; the first handover with who, when and whether the record is complete
    (FB-3.2d); `case.dispatched`.
    """
    by.require("cases.dispatch")
    with one_fact():
        lock(case)
        require_open(case)
        chosen = assignee or least_busy(department.code, at=at)
        lacking = [element.code for element in record_elements.missing(case)]
        Handover.objects.create(
            case=case,
            from_department=case.responsible if case.responsible_id != department.pk else None,
            to_department=department,
            from_account_id=by.account_id,
            to_account=chosen,
            complete=not lacking,
            missing=lacking,
            at=at,
        )
        change(case, at=at, responsible=department, assignee=chosen)
        handled(case, by=by, act="dispatched", at=at)
        facts = {"department": department.code, "assignee": chosen.pk if chosen else None}
        record(DISPATCHED, case.pk, by=by, at=at, facts={**facts, "automatic": automatic or assignee is None})
    return case


def least_busy(department: str, *, at: datetime) -> Account | None:
    """Who on duty in the department has the fewest open cases; the head where nobody works on cases there."""
    candidates = people.on_duty(WORKERS.get(department, "department_head"), at=at, department=department)
    if not candidates:
        return people.head_of(department, at=at)
    busy = dict(
        Account.objects.filter(pk__in=[a.pk for a in candidates])
        .annotate(load=Count("cases", filter=Q(cases__state__in=states.OPEN)))
        .values_list("pk", "load")
    )
    return min(candidates, key=lambda account: (busy.get(account.pk, 0), account.pk))


def pick(case: Case, *, by: Actor, at: datetime) -> Case:
    """Take a case of one's own department oneself.

    Effects: the assignee; `case.dispatched`. Raises Forbidden when it is another department's.
    """
    by.require("cases.investigate", department=case.responsible.code if case.responsible else None)
    with one_fact():
        lock(case)
        require_open(case)
        change(case, at=at, assignee_id=by.account_id)
        handled(case, by=by, act="picked", at=at)
        department = case.responsible.code if case.responsible else "service"
        facts = {"department": department, "assignee": by.account_id, "automatic": False}
        record(DISPATCHED, case.pk, by=by, at=at, facts=facts)
    return case
