"""The file of a ledger: kept byte for byte first, then read in a confined child."""

from __future__ import annotations

import hashlib
from datetime import datetime
from functools import lru_cache

from goodword.base.documents.failures import ParseFailed
from goodword.base.documents.sheets import Sheet, read_sheet
from goodword.company.channels.actions.receiving import keep, mark_failed, mark_parsed
from goodword.company.channels.models import InboundMessage

from .mapping import LEDGER


def kept(raw: bytes, *, at: datetime) -> InboundMessage:
    """Keep the bytes; the same bytes are kept once. Raises Invalid above 25 MB."""
    message, _ = keep(LEDGER, hashlib.sha256(raw).hexdigest(), raw, received_at=at)
    return message


def first_read(file: InboundMessage, *, name: str, at: datetime) -> Sheet:
    """The table in a file just kept, which is marked as read, or as one that cannot be. Raises ParseFailed."""
    try:
        sheet = sheet_of(file, name=name)
    except ParseFailed as failure:
        mark_failed(file, error=failure.en, at=at)
        raise
    mark_parsed(file, at=at)
    return sheet


def sheet_of(file: InboundMessage, *, name: str) -> Sheet:
    """The table in a kept file; nothing is written. Raises ParseFailed."""
    return _read(file.pk, file.digest, name)


@lru_cache(maxsize=1)
def _read(file_id: int, _digest: str, name: str) -> Sheet:
    """Read once for all the pieces of a run: whoever works on it asks again and again."""
    return read_sheet(bytes(InboundMessage.objects.get(pk=file_id).raw), name)
