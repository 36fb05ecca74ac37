"""Any colleague passes on what he heard (CS-3.1a): one field, from anywhere, whatever his role."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from goodword.base.core.clock import local_day
from goodword.base.core.errors import Invalid
from goodword.base.core.transactions import one_fact
from goodword.base.people.actors import Actor
from goodword.engine.journal.recording import record
from goodword.engine.policy.queries import values_of

from ..kinds import HEARD
from ..models import Case, Watcher
from .receiving import COLLEAGUE, Word, receive

CLAUSE = "CS-3.1a"


def sources(*, at: datetime) -> list[dict[str, Any]]:
    """Where a colleague may have heard it: the clause's list on that day, {code, zh, en}."""
    return list(values_of(CLAUSE, on=local_day(at))["sources"])


def hear(text: str, *, source: str, by: Actor, at: datetime) -> Case:
    """Take in what a colleague heard.

    Effects: a case of the channel "colleague", to be triaged as any other; no receipt and no first response (CS-3.2a), as no
    customer waits for one; its teller watches it; `case.received` and `case.heard`.
    Raises Invalid for an empty text and a source the clause does not name.
    """
    if source not in {known["code"] for known in sources(at=at)}:
        raise Invalid(
            "请选择从哪里听到的。", "Choose where you heard it.", fields={"source": "必选 / required"}
        )
    with one_fact():
        case = receive(Word(text, COLLEAGUE), by=by, at=at).case
        if by.account_id is not None:
            Watcher.objects.get_or_create(case=case, account_id=by.account_id)
        record(HEARD, case.pk, by=by, at=at, facts={"source": source})
    return case
