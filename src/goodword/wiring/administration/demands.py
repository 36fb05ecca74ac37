"""What the policy asks of whoever holds a role: years of experience, set by the role's clause."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from goodword.base.people.models import Person
from goodword.engine.policy.queries import all_clauses, values_of


@dataclass(frozen=True, slots=True)
class Demand:
    """A clause that asks for full years of experience of the holders of a role."""

    clause: str
    role: str
    years: int

    def is_met_by(self, person: Person, *, on: date) -> bool:
        """Whether the person has the years on that day; who has none recorded has not."""
        since = person.experience_since
        if since is None:
            return False
        return (since.year + self.years, since.month, since.day) <= (on.year, on.month, on.day)


def demands(*, on: date) -> list[Demand]:
    """All such clauses as their figures stand on a day, in the order of the regulations."""
    asking = [
        clause for clause in all_clauses().values() if clause.kind == "role" and "role" in clause.values
    ]
    found = [
        Demand(clause.id, clause.values["role"], int(values_of(clause.id, on=on).get("experience_years", 0)))
        for clause in asking
    ]
    return [demand for demand in found if demand.years]


def demands_of(role: str, *, on: date) -> list[Demand]:
    """Those that are about one role."""
    return [demand for demand in demands(on=on) if demand.role == role]
