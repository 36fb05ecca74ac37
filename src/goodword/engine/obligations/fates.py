"""What an entry would let go of, told before anybody writes it."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from .models import Obligation
from .rules_in_force import rules_in_force


def released_by(obligations: Iterable[Obligation], kind: str) -> set[UUID]:
    """The ids of those open obligations that an entry of `kind` would release, each by the edition it began with."""
    rules = rules_in_force()
    return {
        row.pk
        for row in obligations
        if row.state == "open" and kind in rules.duty(row.clause_id, row.edition).binding.releases_on
    }
