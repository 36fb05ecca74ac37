"""What every channel hands over when somebody wrote: plain values, the same for a mail, a chat and a form."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from goodword.engine.attachments.laying import Laid, laid_down

from ..models import InboundMessage


@dataclass(frozen=True, slots=True)
class ArrivedFile:
    """A file that came along. laid: what was laid down of it, before the fact that takes it in began."""

    name: str
    data: bytes
    laid: Laid | None = None


@dataclass(frozen=True, slots=True)
class Arrived:
    """One message from outside.

    channel, outside_id: it is taken in once. address: how its sender is reached there, case-folded by the adapter.
    answers: outside ids it refers to, the nearest first. is_talk: of a channel where people just go on talking, so that
    without `answers` it belongs to the sender's open case. is_automatic: no person wrote it. order, device: numbers from a
    code or a form. department: the code of the one whose own address they wrote to. inbound: the raw message it was read from.
    """

    channel: str
    outside_id: str
    address: str
    text: str
    at: datetime
    name: str = ""
    subject: str = ""
    files: tuple[ArrivedFile, ...] = ()
    answers: tuple[str, ...] = ()
    is_talk: bool = True
    is_automatic: bool = False
    is_forged: bool = False
    order: str = ""
    device: str = ""
    kind: str = ""
    department: str = ""
    inbound: InboundMessage | None = None
    facts: dict[str, Any] = field(default_factory=dict)


@contextmanager
def files_laid_down(files: Sequence[ArrivedFile]) -> Iterator[tuple[ArrivedFile, ...]]:
    """The files lie on the disk within the block, which the fact that takes them in begins inside."""
    with laid_down(file.data for file in files) as found:
        yield tuple(replace(file, laid=laid) for file, laid in zip(files, found, strict=True))


LONGEST_ID = 120
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]+")


def id_of(outside_id: str) -> str:
    """An outside id as it is kept: printable, 120 at most, and two that differ anywhere stay two."""
    tidied = _CONTROLS.sub("", outside_id)
    if tidied == outside_id and len(outside_id) <= LONGEST_ID:
        return outside_id
    digest = hashlib.sha256(outside_id.encode("utf-8", "surrogatepass")).hexdigest()[:32]
    return f"{tidied[: LONGEST_ID - len(digest) - 1]}#{digest}"


def tidied(arrived: Arrived) -> Arrived:
    """The message as any database can hold it: one line where one is meant, no NUL, no half of a character."""
    return replace(
        arrived,
        outside_id=id_of(_sound(arrived.outside_id)),
        address=_line(arrived.address),
        name=_line(arrived.name),
        subject=_line(arrived.subject),
        text=_sound(arrived.text).replace("\x00", ""),
        answers=tuple(id_of(_sound(each)) for each in arrived.answers),
        order=_line(arrived.order),
        device=_line(arrived.device),
    )


def _line(text: str) -> str:
    return _CONTROLS.sub(" ", _sound(text)).strip()


def _sound(text: str) -> str:
    """Without halves of surrogate pairs, which no encoding takes."""
    return text.encode("utf-8", "replace").decode() if not text.isascii() else text


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of it. case_id: None for what is held apart. is_new_case, is_new: whether this call made it so.

    letter_id: the automatic receipt's letter, for channels that can answer at once.
    """

    case_id: UUID | None
    message_id: int | None
    is_new: bool
    is_new_case: bool = False
    held: str = ""
    letter_id: int | None = None
