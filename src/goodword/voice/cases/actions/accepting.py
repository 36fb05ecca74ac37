"""Taking over what the reader proposes, whole: triage without typing (FB-3.1a)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from goodword.base.core.clock import local_day
from goodword.base.core.errors import Refused
from goodword.base.core.transactions import one_fact
from goodword.base.people.actors import Actor
from goodword.base.people.queries import department_now

from .. import states
from ..models import Case
from ..queries.proposals import home_of
from . import triaging
from ._ground import lock, require_open, require_state

NEEDED = ("kind", "severity", "content")
"""Without these nobody can say how grave it is and whose."""
READ = (*NEEDED, "subclass", "device_type", "stage", "sentiment")


@dataclass(frozen=True, slots=True)
class Acceptance:
    """What accepting would decide: labels by dimension ("" where the reader could not tell), and the department's code.

    by: why that department, as `proposals.Home` has it.
    """

    labels: dict[str, str]
    department: str
    by: str


def proposed_labels(case: Case) -> dict[str, str] | None:
    """The labels accepting would decide ("" where the reader could not tell); None where one of NEEDED is not told. No query.

    A kind the case has already, as that of whoever chose it on the form, goes before the reader's.
    """
    found = {name: (case.proposal.get(name) or {}).get("label") or "" for name in READ}
    if case.kind:
        found["kind"] = case.kind
    return found if all(found[name] for name in NEEDED) else None


def acceptance(case: Case, *, on: date) -> Acceptance | None:
    """What the reader proposes for the case, as triage takes it; None where it could not tell one of NEEDED."""
    found = proposed_labels(case)
    if found is None:
        return None
    home = home_of(case, content=found["content"], subclass=found["subclass"], on=on)
    return Acceptance(found, home.code, home.by)


def accept(case: Case, *, by: Actor, at: datetime) -> Case:
    """Triage a case just as the reader proposes; the system picks who handles it.

    Effects: those of `triaging.triage`. Raises Forbidden, Refused where a person or the software has triaged it already
    or the reader could not tell enough, Invalid where the catalogues no longer have what was proposed.
    """
    by.require("cases.triage")
    with one_fact():
        lock(case)
        require_open(case)
        require_state(case, states.RECEIVED)
        proposed = acceptance(case, on=local_day(at))
        if proposed is None:
            raise Refused(
                f"工单 #{case.number} 有几项系统看不准，不能照单采纳。",
                f"The reader is not sure enough of case #{case.number}; there is nothing to accept.",
                clauses=("FB-3.1a",),
                cure_zh="请打开工单，看过原话后自己选定。",
                cure_en="Open it, read the words and decide yourself.",
            )
        chosen: dict[str, Any] = {**proposed.labels, "department": department_now(proposed.department)}
        return triaging.triage(case, by=by, at=at, **chosen)
