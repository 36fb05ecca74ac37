"""What comes in is kept byte for byte before anybody reads it; reading is a second step."""

from __future__ import annotations

import hashlib
from base64 import b64decode, b64encode
from datetime import datetime

from goodword.base.core.errors import Invalid
from goodword.base.core.masks import mask_text
from goodword.base.core.sealing import blind_index, decrypt, encrypt
from goodword.base.core.transactions import one_fact

from ..models import InboundMessage

MOST_BYTES = 25 * 1024 * 1024
RAW = "raw"
"""The purpose whose key seals raw messages."""


def keep(
    channel: str, outside_id: str, raw: bytes, *, received_at: datetime, sealed: bool = False
) -> tuple[InboundMessage, bool]:
    """Keep what came in; (the message, whether it is new).

    sealed: for what is little else than a person's number: kept encrypted (`opened` gives the bytes back), and its
    digest is keyed, so that the number cannot be found by trying all there are.

    The same id with the same bytes is the same message. The same id with other bytes is kept beside it: a sender's
    id proves nothing, and no word of a customer may be lost. Raises Invalid above 25 MB.
    """
    if len(raw) > MOST_BYTES:
        raise Invalid("消息超过 25 MB。", "The message is larger than 25 MB.", fields={"raw": "≤ 25 MB"})
    digest = hashlib.sha256(raw).hexdigest()
    if sealed:
        digest, raw = blind_index(digest, kind="raw"), encrypt(b64encode(raw).decode(), purpose=RAW).encode()
    with one_fact():
        message, is_new = _row(channel, outside_id[:180], raw, digest, received_at)
        if not is_new and message.digest != digest:
            message, is_new = _row(channel, f"{outside_id[:180]}#{digest[:16]}", raw, digest, received_at)
    return message, is_new


def opened(message: InboundMessage) -> bytes:
    """The bytes of a message that was kept sealed."""
    return b64decode(decrypt(bytes(message.raw).decode(), purpose=RAW))


def mark_parsed(message: InboundMessage, *, at: datetime) -> bool:
    """It was understood; call it in the transaction of what follows from it. False: already so."""
    rows = InboundMessage.objects.filter(pk=message.pk).exclude(state="parsed")
    return bool(rows.update(state="parsed", parsed_at=at, error=""))


def mark_failed(message: InboundMessage, *, error: str, at: datetime) -> bool:
    """It could not be understood; it stays, with the reason, masked. False: it was parsed."""
    rows = InboundMessage.objects.filter(pk=message.pk).exclude(state="parsed")
    return bool(rows.update(state="failed", parsed_at=at, error=mask_text(error)[:400]))


def _row(
    channel: str, outside_id: str, raw: bytes, digest: str, received_at: datetime
) -> tuple[InboundMessage, bool]:
    return InboundMessage.objects.get_or_create(
        channel=channel,
        outside_id=outside_id,
        defaults={"raw": raw, "digest": digest, "received_at": received_at},
    )
