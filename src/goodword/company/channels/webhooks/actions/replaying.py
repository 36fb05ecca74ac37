"""A person has an event sent once more: the receiver lost it, or was away too long."""

from __future__ import annotations

from datetime import datetime

from goodword.base.core.errors import NotFound, Refused
from goodword.base.core.transactions import one_fact
from goodword.base.people.actors import Actor
from goodword.engine.journal.recording import lock_subject, record

from ...kinds import SENT_AGAIN
from ...models import OutboxMessage
from ..events import WAY


def replay(message_id: int, *, by: Actor, at: datetime) -> OutboxMessage:
    """Send the event again, under its old id, so that a receiver that has it knows it.

    Effects: the message is due now; `message.sent_again`. Raises Forbidden without settings.edit, NotFound, Refused
    while it is being sent.
    """
    by.require("settings.edit")
    with one_fact():
        lock_subject("message", message_id)
        row = OutboxMessage.objects.filter(pk=message_id, way=WAY).first()
        if row is None:
            raise NotFound
        facts = {"way": row.way, "attempts": row.attempts, "state": row.state}
        rows = OutboxMessage.objects.filter(pk=row.pk).exclude(state="sending")
        if not rows.update(state="queued", attempts=0, next_at=at, last_error="", sent_at=None):
            raise Refused("正在发送，请稍候。", "It is being sent just now.")
        record(SENT_AGAIN, row.pk, by=by, at=at, facts=facts)
    row.refresh_from_db()
    return row
