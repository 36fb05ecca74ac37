"""Which duties a role or a group owes, and which climb to it when they are late."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from goodword.engine.policy.queries import bound_duties
from goodword.engine.policy.schema import Binding, Clause


@dataclass(frozen=True, slots=True)
class Duties:
    """The clauses under which it owes something, and those under which it is told of what is late."""

    owed: list[Clause]
    told: list[Clause]


def duties_of(code: str, *, on: date) -> Duties:
    """The duties of a role or group as the editions in force on a day bind them. One query."""
    in_force = {clause.id: clause for edition, clause in bound_duties() if edition.holds_from <= on}

    def where(holds: Callable[[Binding], bool]) -> list[Clause]:
        return [clause for _, clause in sorted(in_force.items()) if clause.binding and holds(clause.binding)]

    return Duties(
        owed=where(lambda binding: binding.bearer.role == code),
        told=where(lambda binding: any(step.to == code for step in binding.escalation)),
    )
