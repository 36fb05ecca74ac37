"""What is owed, as pages show it: the clause, the countdown, whose it is, and why it is due then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from django.utils import timezone

from goodword.base.language.script import chosen
from goodword.base.worktime import queries as worktime
from goodword.base.worktime.calendar import Calendar
from goodword.engine.obligations.explaining import why
from goodword.engine.obligations.models import Obligation
from goodword.engine.obligations.rows import value_of

from ..refusing import Chip, chip
from .story import role_name

NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Duty:
    """One obligation on a page. met_at: when it was met. steps: how its due time came about."""

    row: Obligation
    clause: Chip
    bearer: str
    met_at: datetime | None
    steps: list[str]

    @property
    def why(self) -> str:
        """The steps in one line, for the hover."""
        return " → ".join(self.steps)


def duty(row: Obligation, *, explained: bool = True) -> Duty:
    """The obligation in words; `explained` reads its calendar (kept by version)."""
    steps: list[str] = []
    if explained:
        zone = timezone.get_current_timezone()
        steps = [
            chosen(*words[:2]) for words in why(value_of(row), _calendar(row.calendar_version), zone=zone)
        ]
    return Duty(
        row=row,
        clause=chip(row.clause_id),
        bearer=row.bearer_account.person.name if row.bearer_account else role_name(row.bearer_role),
        met_at=row.ended_at if row.state == "met" else None,
        steps=steps,
    )


@lru_cache(maxsize=64)
def _calendar(version: int) -> Calendar:
    """A version never changes, so it is read once."""
    return worktime.version(version)
