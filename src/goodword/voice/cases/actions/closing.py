"""Closing: only when nothing is missing."""

from __future__ import annotations

from datetime import datetime

from goodword.base.core.transactions import one_fact
from goodword.base.people.actors import Actor
from goodword.engine.journal.recording import record

from .. import states
from ..kinds import CLOSED
from ..models import Case
from ..rules import closing as rules
from ._ending import wind_up
from ._ground import lock, move, require_open, require_reach, require_state


def close(case: Case, *, by: Actor, at: datetime) -> Case:
    """Close a case whose work is done.

    Effects: state, closed_at; what hangs on it is let go of; `case.closed`. Closing is not handling: who called
    back usually closes.
    Raises Forbidden, Refused with one sentence of all that is missing and the clauses it rests on.
    """
    require_reach(case, "cases.close", by)
    with one_fact():
        lock(case)
        require_open(case)
        if refusal := rules.refusal(case):
            raise refusal
        require_state(case, states.DONE, states.CALLED_BACK)
        move(case, states.CLOSED, at=at, closed_at=at, waiting_since=None, waiting_for="")
        wind_up(case, by=by, at=at)
        record(CLOSED, case.pk, by=by, at=at)
    return case
