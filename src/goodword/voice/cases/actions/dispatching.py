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
from . import phoning
from ._ground import change, handled, lock, require_state
from ._reach import require_works_in

WORKERS = {
    "technology": "engineer",
    "warehouse": "warehouse",
    "equipment": "warehouse",
    "service": "intake",
    "sales": "account_manager",
    "business": "account_manager",
}
"""The role that works on cases in a department; elsewhere its head."""
SENT_IN = tuple(s for s in states.STEPS if s not in {states.DONE, states.CALLED_BACK, states.CLOSED})
"""Once the matter is done it stays with whoever did it; only the callback is left."""


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
    (FB-3.2d); `case.dispatched`; an urgent case has the head of the department rung (FB-3.2b).
    Raises Forbidden, Invalid for a person of another department, Refused when the case is done or has ended.
    """
    by.require("cases.dispatch")
    require_works_in(assignee, department, at=at, clauses=("FB-3.2c",))
    with one_fact():
        lock(case)
        require_state(case, *SENT_IN)
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
        phoning.open_task(case, at=at)
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

    Effects: the assignee; `case.dispatched`. Raises Forbidden when it is another department's (what nobody has
    triaged yet is customer service's), Refused when it is done or has ended.
    """
    by.require("cases.investigate", department=case.responsible.code if case.responsible else "service")
    with one_fact():
        lock(case)
        require_state(case, *SENT_IN)
        change(case, at=at, assignee_id=by.account_id)
        handled(case, by=by, act="picked", at=at)
        department = case.responsible.code if case.responsible else "service"
        facts = {"department": department, "assignee": by.account_id, "automatic": False}
        record(DISPATCHED, case.pk, by=by, at=at, facts=facts)
    return case
