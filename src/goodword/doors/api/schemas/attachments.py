"""Files of a case."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel

from .common import PersonOut


class AttachmentOut(BaseModel):
    """A file; state refused: it came but was not taken, and `refusal` says why."""

    id: UUID
    name: str
    content_type: str
    size: int
    sha256: str
    state: str
    refusal: str
    origin: str
    by: PersonOut | None
    at: datetime


class AttachmentsOut(BaseModel):
    """The files of a case, the oldest first."""

    items: list[AttachmentOut]
