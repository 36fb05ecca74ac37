"""What was said between a customer and the company in a chat, as their screen shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from goodword.company.channels.app.queries import arrivals_of, lines_to
from goodword.company.channels.correspondence.models import Party
from goodword.voice.cases.models import Message


@dataclass(frozen=True, slots=True)
class Spoken:
    """One line of a conversation. who: `you` (the customer), `us`, or `auto`. line: the number of one of ours, else 0."""

    who: str
    text: str
    at: datetime
    line: int = 0


@dataclass(frozen=True, slots=True)
class Conversation:
    """What a customer's screen shows. tag: changes whenever it does."""

    lines: tuple[Spoken, ...]
    answers_now: bool
    tag: str


def conversation(party: Party | None, *, answers_now: bool) -> Conversation:
    """What was said here between a party and the company, the oldest first. Three queries."""
    spoken = _spoken(party) if party is not None else []
    content = "\x1f".join(f"{one.who}{one.at.isoformat()}{one.text}" for one in spoken)
    tag = sha256(f"{answers_now}{content}".encode()).hexdigest()[:20]
    return Conversation(tuple(spoken), answers_now, tag)


def _spoken(party: Party) -> list[Spoken]:
    arrivals = arrivals_of(party)
    texts = _texts([row.message_id for row in arrivals if row.message_id is not None])
    theirs = [Spoken("you", texts[row.message_id], row.at) for row in arrivals if row.message_id in texts]
    ours = [
        Spoken("auto" if row.automatic else "us", row.text.clear(), row.at, row.pk) for row in lines_to(party)
    ]
    return sorted([*theirs, *ours], key=lambda one: (one.at, one.line))


def _texts(message_ids: Sequence[int]) -> dict[int, str]:
    return dict(Message.objects.filter(pk__in=message_ids).values_list("pk", "text"))
