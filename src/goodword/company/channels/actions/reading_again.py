"""A person has what came in and could not be read, read once more; or says that it never will be."""

from __future__ import annotations

from datetime import datetime

from goodword.base.core.errors import Refused
from goodword.base.core.transactions import one_fact
from goodword.base.people.actors import Actor
from goodword.engine.journal.recording import lock_subject, record

from ..kinds import INBOUND_GIVEN_UP, READ_AGAIN
from ..models import InboundMessage
from ..readers import READERS


def read_again(message: InboundMessage, *, by: Actor, at: datetime) -> InboundMessage:
    """Read a kept message anew, after the sender or the software was mended.

    Effects: whatever its channel makes of it; `inbound.read_again`. Raises Forbidden without settings.edit, Refused
    when it is not among those that failed, or its channel cannot; Invalid where it still cannot be read.
    """
    by.require("settings.edit")
    with one_fact():
        row = _failed(message)
        read = READERS.get(row.channel)
        if read is None:
            raise Refused("这个渠道不能重新解析。", "This channel cannot read a message anew.")
        read(row, at)
        record(READ_AGAIN, row.pk, by=by, at=at, facts={"channel": row.channel})
    message.refresh_from_db()
    return message


def give_up_reading(message: InboundMessage, *, by: Actor, at: datetime) -> InboundMessage:
    """It will not be read: it leaves the list and stays kept.

    Effects: its state; `inbound.given_up`. Raises Forbidden without settings.edit, Refused when it did not fail.
    """
    by.require("settings.edit")
    with one_fact():
        row = _failed(message)
        InboundMessage.objects.filter(pk=row.pk).update(state="given_up")
        record(INBOUND_GIVEN_UP, row.pk, by=by, at=at, facts={"channel": row.channel})
    message.refresh_from_db()
    return message


def _failed(message: InboundMessage) -> InboundMessage:
    lock_subject("inbound", message.pk)
    row = InboundMessage.objects.filter(pk=message.pk, state="failed").first()
    if row is None:
        raise Refused("这条消息不在未解析之列。", "This message is not among those that could not be read.")
    return row
