"""What ends with a case: telephone tasks, open requests for help, its round."""

from __future__ import annotations

from datetime import datetime

from goodword.base.people.actors import Actor
from goodword.engine.journal.recording import record

from ..kinds import HELP_WITHDRAWN
from ..models import Case
from . import phoning


def wind_up(case: Case, *, by: Actor, at: datetime) -> None:
    """Let go of what nobody need do any more. Called inside the ending's transaction.

    Effects: open telephone tasks dropped; open requests for help withdrawn, each with `help.withdrawn` (which
    releases CS-3.2b); the round ended.
    """
    phoning.drop(case, at=at)
    for asked in case.helps.filter(state="open").order_by("pk"):
        case.helps.filter(pk=asked.pk, state="open").update(state="withdrawn")
        record(HELP_WITHDRAWN, asked.pk, by=by, at=at, facts={"case": str(case.pk)})
    case.rounds.filter(number=case.round_no).update(ended_at=at)
