"""A person sends a dead letter, or one of unknown outcome, again; or does not wait for the next try."""

from __future__ import annotations

from datetime import datetime

from goodword.base.core.errors import Refused
from goodword.base.core.transactions import one_fact
from goodword.base.people.actors import Actor
from goodword.engine.journal.recording import lock_subject, record

from ..kinds import SENT_AGAIN
from ..models import TROUBLES, OutboxMessage


def send_again(message: OutboxMessage, *, by: Actor, at: datetime) -> OutboxMessage:
    """Queue the message again, with all its tries before it.

    Effects: the message is due now; `message.sent_again` with what it was and how often it had been tried.
    Raises Forbidden without settings.edit, Refused when it is neither dead nor unknown nor waits for its next try.
    """
    by.require("settings.edit")
    with one_fact():
        lock_subject("message", message.pk)
        row = OutboxMessage.objects.filter(pk=message.pk, state__in=TROUBLES).first()
        if row is None:
            raise Refused("这条消息不在未发送之列。", "This message is not among those that failed.")
        facts = {"way": row.way, "attempts": row.attempts, "state": row.state}
        moved = OutboxMessage.objects.filter(pk=row.pk, state=row.state).update(
            state="queued", attempts=0, next_at=at, last_error=""
        )
        if not moved:
            raise Refused("这条消息刚刚已被处理。", "This message has just been dealt with.")
        record(SENT_AGAIN, row.pk, by=by, at=at, facts=facts)
    message.refresh_from_db()
    return message
