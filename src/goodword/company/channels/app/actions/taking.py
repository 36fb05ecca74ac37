"""A word of a customer at the in-app box: kept first, then it is taken in as any channel's."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import F

from goodword.base.core.errors import Invalid, NotFound
from goodword.base.core.ids import token_digest
from goodword.base.core.transactions import one_fact

from ...actions.receiving import keep, mark_failed, mark_parsed
from ...correspondence.actions.arriving import arrive
from ...correspondence.arriving import Arrived, ArrivedFile, Taken, files_laid_down
from ...signing import Signed
from ..models import Link, Visitor
from ..reading import Said, Seen, read
from ..visiting import CHANNEL, address_of, address_of_user, party
from .fetching import fetched


@dataclass(frozen=True, slots=True)
class Typed:
    """What a visitor sent from a chat's page. key: the form's own, by which it is taken in once."""

    key: str
    text: str
    name: str = ""
    order: str = ""
    device: str = ""
    files: tuple[ArrivedFile, ...] = ()


def take_typed(typed: Typed, visitor: Visitor, *, at: datetime) -> Taken:
    """Take a visitor's word in, once by its key and words. Effects: the raw words, sealed; then as `arrive`. Raises Invalid."""
    # Not the key itself: the visitor's token is made of it, and what is stored is shown to colleagues.
    outside_id = f"{visitor.pk}:{token_digest(typed.key)}"
    known = {name: getattr(typed, name) for name in ("text", "name", "order", "device")}
    files = [[file.name, hashlib.sha256(file.data).hexdigest()] for file in typed.files]
    raw = json.dumps({**known, "files": files}, ensure_ascii=False).encode()
    message, _ = keep(CHANNEL, outside_id, raw, received_at=at, sealed=True)
    # By the name it is kept under: words that were changed, after no answer came, are no repetition.
    arrived = Arrived(CHANNEL, message.outside_id, address_of(visitor), at=at, **known, inbound=message)
    with files_laid_down(typed.files) as laid, one_fact():
        taken = arrive(replace(arrived, files=laid))
        mark_parsed(message, at=at)
    return taken


def take_told(signed: Signed, raw: bytes, *, at: datetime) -> Taken | None:
    """Take what the company's own app says, whose signature was found good; None for what says no words.

    Effects: the bytes, sealed; then as `arrive`, or lines that were seen. Raises Invalid for what cannot be read, and for
    an id that was used for other bytes (the bytes stay), NotFound for a user who never wrote.
    """
    message, _ = keep(CHANNEL, f"api:{signed.id}", raw, received_at=at, sealed=True)
    try:
        if message.outside_id != f"api:{signed.id}":
            raise _used_before()
        told = read(raw)
        sent = told.files if isinstance(told, Said) else ()
        with files_laid_down(sent) as laid, one_fact():
            taken = None
            if isinstance(told, Seen):
                there = party(address_of_user(told.user))
                if there is None:
                    raise NotFound
                fetched(there, at=at, until=told.line)
            else:
                taken = arrive(
                    Arrived(
                        CHANNEL,
                        f"api:{signed.id}",
                        address_of_user(told.user),
                        told.text,
                        at,
                        name=told.name,
                        order=told.order,
                        device=told.device,
                        files=laid,
                        is_talk=told.is_talk,
                        inbound=message,
                    )
                )
            mark_parsed(message, at=at)
            note(last_at=at)
    except Invalid as refused:
        error = "; ".join(f"{name}: {why}" for name, why in refused.fields.items())
        mark_failed(message, error=error, at=at)
        raise
    return taken


def _used_before() -> Invalid:
    fields = {"webhook-id": "已用于另一条消息 / used for another message"}
    return Invalid("这个编号已用于另一条消息。", "This id was used for another message.", fields=fields)


def refuse(why: str, *, at: datetime) -> None:
    """Write down that a message was turned away, and why: the settings' light shows it."""
    with one_fact():
        note(refused=F("refused") + 1, refused_at=at, refused_for=why)


def note(**changes: object) -> None:
    """Change the one row of the connection, which is made with the first."""
    if not Link.objects.filter(pk=1).update(**changes):
        Link.objects.get_or_create(pk=1)
        Link.objects.filter(pk=1).update(**changes)
