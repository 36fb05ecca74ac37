"""A call event that could not be read, read once more from the bytes that were kept sealed."""

from __future__ import annotations

from datetime import datetime

from goodword.base.core.transactions import one_fact

from ...actions.receiving import mark_parsed, opened
from ...models import InboundMessage
from ..reading import read
from ..settings import hotline
from .taking import Taken, tell


def read_again(message: InboundMessage, at: datetime) -> Taken:
    """The call as the event makes it. The sender's clock at the time is not known: ours, when it came, stands for it.

    Raises Invalid for what still cannot be read; the bytes stay.
    """
    with one_fact():
        told = read(opened(message), sent_at=message.received_at)
        taken = tell(told, message, ahead=0.0, chosen=hotline(), at=at)
        mark_parsed(message, at=at)
    return taken
