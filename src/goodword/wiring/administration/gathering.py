"""From when on late alarms are gathered into one line, and for how long: the company's own choice."""

from __future__ import annotations

from datetime import datetime, timedelta

from goodword.base.core.errors import Invalid
from goodword.base.core.transactions import one_fact
from goodword.base.people.actors import Actor
from goodword.company.channels.gathering import Gathering, gathering, keep
from goodword.engine.journal.recording import lock_subject, record
from goodword.engine.obligations.ticking import CATCH_UP_AFTER

from .kinds import COMPANY, GATHERING_SET

LEAST, MOST = CATCH_UP_AFTER, timedelta(days=1)
"""What is less late than the engine calls catching up is never gathered."""


def set_gathering(*, after: timedelta, lasts: timedelta, by: Actor, at: datetime) -> Gathering:
    """Decide which late alarms become one digest.

    Effects: the setting; `company.gathering_set` when it differs. Raises Forbidden without settings.edit; Invalid
    where a length is not between five minutes and a day.
    """
    by.require("settings.edit")
    wrong = {
        name: "5 分钟至 1 天 / five minutes to a day"
        for name, length in (("after", after), ("lasts", lasts))
        if not LEAST <= length <= MOST
    }
    if wrong:
        raise Invalid("时长不合适。", "These lengths cannot be used.", fields=wrong)
    chosen = Gathering(after, lasts)
    with one_fact():
        lock_subject(*COMPANY)
        if gathering() != chosen:
            keep(chosen)
            facts = {"after": int(after.total_seconds()), "lasts": int(lasts.total_seconds())}
            record(GATHERING_SET, COMPANY[1], by=by, at=at, facts=facts)
    return chosen
