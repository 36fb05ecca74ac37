"""What was said between a customer and the company in a chat, as their screen shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from goodword.base.documents.sniff import SHOWABLE
from goodword.company.channels.app.beside import files_of, link_of
from goodword.company.channels.app.models import ChatLine
from goodword.company.channels.app.queries import arrivals_of, lines_to
from goodword.company.channels.correspondence.models import Party
from goodword.engine.attachments.models import Attachment
from goodword.voice.cases.models import Message


@dataclass(frozen=True, slots=True)
class Beside:
    """A file beside a line. size: bytes. link: what opens it, for a while. is_picture: one a page may show."""

    name: str
    content_type: str
    size: int
    link: str

    @property
    def is_picture(self) -> bool:
        return self.content_type in SHOWABLE


@dataclass(frozen=True, slots=True)
class Spoken:
    """One line of a conversation. who: `you` (the customer), `us`, or `auto`. line: the number of one of ours, else 0."""

    who: str
    text: str
    at: datetime
    line: int = 0
    files: tuple[Beside, ...] = ()


@dataclass(frozen=True, slots=True)
class Conversation:
    """What a customer's screen shows. tag: changes whenever it does."""

    lines: tuple[Spoken, ...]
    answers_now: bool
    tag: str


def conversation(party: Party | None, *, answers_now: bool, at: datetime) -> Conversation:
    """What was said here between a party and the company, the oldest first. Three queries, four where there are files."""
    spoken = _spoken(party, at) if party is not None else []
    content = "\x1f".join(
        f"{one.who}{one.at.isoformat()}{one.text}{[file.link for file in one.files]}" for one in spoken
    )
    tag = sha256(f"{answers_now}{content}".encode()).hexdigest()[:20]
    return Conversation(tuple(spoken), answers_now, tag)


def _spoken(party: Party, at: datetime) -> list[Spoken]:
    arrivals, lines = arrivals_of(party), lines_to(party)
    texts = _texts([row.message_id for row in arrivals if row.message_id is not None])
    theirs = [Spoken("you", texts[row.message_id], row.at) for row in arrivals if row.message_id in texts]
    files = files_of(lines)
    ours = [
        Spoken("auto" if row.automatic else "us", row.text.clear(), row.at, row.pk, _beside(row, files, at))
        for row in lines
    ]
    return sorted([*theirs, *ours], key=lambda one: (one.at, one.line))


def _beside(line: ChatLine, files: Mapping[str, Attachment], at: datetime) -> tuple[Beside, ...]:
    found = [files[name] for name in line.files if name in files]
    return tuple(
        Beside(file.name, file.content_type, file.size, link_of(line, file, at=at)) for file in found
    )


def _texts(message_ids: Sequence[int]) -> dict[int, str]:
    return dict(Message.objects.filter(pk__in=message_ids).values_list("pk", "text"))
