"""Which roles ask for experience, and whether a person has it, as the person's page shows them."""

from __future__ import annotations

from typing import Any

from goodword.base.core.clock import local_day
from goodword.base.people.models import Person
from goodword.base.people.roles import ROLES
from goodword.wiring.administration.demands import demands

from ..access import WebRequest
from ..templatetags.goodword_ui import tr


def demanded(person: Person, request: WebRequest) -> list[dict[str, Any]]:
    """Each such role with its clause, the years asked for, and whether the person has them today."""
    today = local_day(request.now)
    return [
        {
            "clause": demand.clause,
            "role": tr(ROLES[demand.role].zh, ROLES[demand.role].en),
            "years": demand.years,
            "is_met": demand.is_met_by(person, on=today),
        }
        for demand in demands(on=today)
    ]
