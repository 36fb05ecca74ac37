"""What a way out is: it takes a claimed message and sends it, or says why it could not."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from .models import OutboxMessage

Send = Callable[[OutboxMessage, datetime], str | None]
SendTogether = Callable[[Sequence[OutboxMessage], datetime], None]


class CannotSendError(Exception):
    """It will not go this way, however often it is tried: no such address, refused for good."""


class OutcomeUnknownError(Exception):
    """It may have gone: the answer never came. Shown as unknown until a person decides."""


class NotYetError(Exception):
    """The other side takes no more for now; tried again at `until`, and this was no try."""

    def __init__(self, until: datetime) -> None:
        super().__init__(f"not before {until.isoformat()}")
        self.until = until


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a message in the end. state: sent, dead or unknown. outside_id: what the other side calls it."""

    state: str
    at: datetime
    outside_id: str = ""
    why: str = ""


Waiting = Callable[[Sequence[OutboxMessage], datetime], Mapping[int, datetime]]
Settled = Callable[[OutboxMessage, Outcome], None]


@dataclass(frozen=True, slots=True)
class Way:
    """One way out.

    send: takes the message and the moment; it answers within the lease (45 s), with the other side's name for the
    message if it has one, or raises.
    inside: it writes to this database only, so sending and its record are one transaction.
    repeatable: the other side knows the de-duplication key, so what was cut off may be sent again; where it
    does not, a message whose sender died is of unknown outcome.
    send_together: the same as `send` for several, all or none; only for a way that is inside.
    waiting: of claimed messages, {message: until when} for those that must not be sent yet.
    settled: hears what became of a message in the end, in the transaction that records it.
    """

    code: str
    send: Send
    inside: bool = False
    repeatable: bool = False
    send_together: SendTogether | None = None
    settled: Settled | None = None
    waiting: Waiting | None = None
