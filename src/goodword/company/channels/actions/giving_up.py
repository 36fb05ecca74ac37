"""A person decides that a message need not be sent any more."""

from __future__ import annotations

from datetime import datetime

from goodword.base.core.errors import Refused
from goodword.base.core.transactions import one_fact
from goodword.base.people.actors import Actor
from goodword.engine.journal.recording import lock_subject, record

from ..kinds import GIVEN_UP
from ..models import OutboxMessage


def give_up(message: OutboxMessage, *, by: Actor, at: datetime) -> OutboxMessage:
    """Take a message that was not sent, or of which nobody knows, off the list; it and its reason stay.

    Effects: its state; `message.given_up`. Raises Forbidden without settings.edit, Refused when it is still being tried.
    """
    by.require("settings.edit")
    with one_fact():
        lock_subject("message", message.pk)
        row = OutboxMessage.objects.filter(pk=message.pk, state__in=["dead", "unknown"]).first()
        if row is None:
            raise Refused("这条消息不在未发送之列。", "This message is not among those that failed.")
        OutboxMessage.objects.filter(pk=row.pk, state=row.state).update(state="given_up")
        facts = {"way": row.way, "attempts": row.attempts, "state": row.state}
        record(GIVEN_UP, row.pk, by=by, at=at, facts=facts)
    message.refresh_from_db()
    return message
