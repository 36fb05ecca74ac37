"""Who sent which version of a script, counted."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F

from goodword.base.core.inserting import insert_unless_there
from goodword.base.people.actors import Actor

from ..models import ScriptUse, ScriptVersion


def used(version: ScriptVersion, *, by: Actor, at: datetime) -> None:
    """Count one sending of a version, inside the transaction of the message. Whoever is no colleague is not counted.

    One row a colleague: two people who send the same script never wait for each other.
    """
    if by.account_id is None:
        return
    insert_unless_there(ScriptUse(version=version, account_id=by.account_id, times=0, last_at=at))
    counted = ScriptUse.objects.filter(version=version, account_id=by.account_id)
    counted.update(times=F("times") + 1, last_at=at)
