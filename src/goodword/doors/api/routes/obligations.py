"""Obligations: one's own, a department's, a clause's; and waiving one."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from django.db.models import Q, QuerySet
from ninja import Query

from goodword.base.core.errors import NotFound
from goodword.base.people.actors import Actor
from goodword.engine.obligations.actions.waiving import waive
from goodword.engine.obligations.models import Obligation

from ..caller import Caller
from ..operations import Door
from ..paging import Cursor, Limit, page
from ..schemas.common import Code
from ..schemas.obligations import ObligationOut, ObligationPage, WaiverIn
from ..shown.obligations import obligations

door = Door("Obligations")
State = Literal["", "open", "met", "missed", "waived", "superseded", "released"]


@door.read("obligations", right="cases.see", answer=ObligationPage)
def list_obligations(
    caller: Caller,
    *,
    cursor: Cursor,
    limit: Limit,
    mine: Annotated[
        bool, Query(False, description="Those I owe: by name, or by a role where nobody is named.")
    ],
    department: Annotated[Code, Query("")],
    clause: Annotated[Code, Query("")],
    state: Annotated[State, Query("open")],
    late: Annotated[bool | None, Query(None)],
) -> ObligationPage:
    """Obligations, the most pressing first"""
    rows = _mine(caller.actor) if mine else _within_reach(caller.actor)
    wanted = {"bearer_department": department, "clause_id": clause, "state": state}
    rows = rows.filter(**{name: value for name, value in wanted.items() if value})
    if late is not None:
        rows = rows.filter(breached_at__isnull=not late)
    rows = rows.select_related("bearer_account__person", "started_by")
    found, following = page(rows, by="due_at", cursor=cursor, limit=limit, newest_first=False)
    return ObligationPage(items=obligations(found), next=following)


@door.write("obligations/{obligation_id}/waiver", right="cases.waive", answer=ObligationOut)
def waive_obligation(caller: Caller, obligation_id: UUID, body: WaiverIn) -> ObligationOut:
    """Waive an open obligation, with a reason"""
    rows = _within_reach(caller.actor).select_related("bearer_account__person", "started_by")
    found = rows.filter(pk=obligation_id).first()
    if found is None:
        raise NotFound
    waive(found, by=caller.actor, at=caller.at, reason=body.reason)
    return obligations(rows.filter(pk=obligation_id))[0]


def _mine(actor: Actor) -> QuerySet[Obligation]:
    wanted = Q(bearer_account=actor.account_id)
    for role, department in actor.grants:
        wanted |= Q(bearer_account=None, bearer_role=role, bearer_department__in=[department, ""])
    return Obligation.objects.filter(wanted)


def _within_reach(actor: Actor) -> QuerySet[Obligation]:
    """Everybody's for those who see every department's cases; otherwise one's own and one's departments'."""
    if any(actor.reaches_everywhere(right) for right in ("cases.see", "compliance.see")):
        return Obligation.objects.all()
    return _mine(actor) | Obligation.objects.filter(bearer_department__in=actor.departments)
