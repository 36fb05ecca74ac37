"""What the page of a clause about a role shows: who holds it or sits in the group now, and what that means."""

from __future__ import annotations

from typing import Any

from goodword.base.core.clock import local_day
from goodword.base.people.roles import ROLES
from goodword.engine.policy.queries import values_of
from goodword.engine.policy.schema import Clause
from goodword.wiring.administration.standing import Standing, heads, in_group, in_role

from ..access import WebRequest
from ..rights import right_words
from ..settings_pages.forms.groups import PLACES
from ..templatetags.goodword_ui import t, tr
from .duties import duties_of


def holding(clause: Clause, request: WebRequest) -> dict[str, Any]:
    """The panel's rows, rights and duties; nothing for a clause that is about no role, group or departments."""
    if clause.kind != "role":
        return {}
    today, values = local_day(request.now), values_of(clause.id, on=local_day(request.now))
    if departments := values.get("departments"):
        headed = heads(departments, at=request.now)
        return {"holding": [_row(tr(row.name_zh, row.name_en), head) for row, head in headed]}
    if group := values.get("group"):
        seats = in_group(group, at=request.now)
        rows = [_row(PLACES[seat.seat], seat) for seat in seats]
        return {"holding": rows, "duties": duties_of(group, on=today), "is_group": True}
    if role := values.get("role"):
        held = [_row(_home(holder), holder) for holder in in_role(role, at=request.now)]
        return {"holding": held, "duties": duties_of(role, on=today), "rights": _rights(role)}
    return {}


def _row(place: object, standing: Standing | None) -> dict[str, Any]:
    return {"place": place, "standing": standing}


def _home(standing: Standing) -> object:
    home = standing.account.department
    return tr(home.name_zh, home.name_en) if home else ""


def _rights(code: str) -> list[tuple[str, str]]:
    """Where the role's rights reach, and which they are there."""
    role = ROLES[code]
    if not role.company_wide:
        return [
            (
                t("在本部门或本人经办的工单上", "On the department’s cases and one’s own"),
                right_words(role.rights | role.home_rights),
            )
        ]
    reaching = [(t("全公司", "In every department"), right_words(role.rights))]
    at_home = right_words(role.home_rights - role.rights)
    return reaching + ([(t("在本部门", "In the department"), at_home)] if at_home else [])
