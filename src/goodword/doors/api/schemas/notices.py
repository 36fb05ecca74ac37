"""One's own notices."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, Field

from .common import In, RowId


class NoticeOut(BaseModel):
    """One line in the inbox. A digest stands for `count`; parts: how many of them per clause."""

    id: int
    kind: str
    clause: str
    subject_type: str
    subject_id: str
    title_zh: str
    title_en: str
    urgent: bool
    count: int
    parts: dict[str, int]
    created_at: datetime
    seen_at: datetime | None


class NoticePage(BaseModel):
    """A page of notices, the newest first; unread: of all of them."""

    items: list[NoticeOut]
    next: str | None
    unread: int


class SeenIn(In):
    """Which notices were seen; null: all of them."""

    notices: list[RowId] | None = Field(None, max_length=500)


class SeenOut(BaseModel):
    """How many were unseen until now."""

    seen: int
