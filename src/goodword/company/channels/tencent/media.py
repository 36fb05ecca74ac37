"""Pictures, voices and films: the message names them, the worker fetches them, they lie with the case."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from goodword.base.people.actors import CUSTOMER
from goodword.engine.attachments.actions.storing import take

from ..actions.notifying import queue_message
from ..models import OutboxMessage
from ..outside import NoAnswerError, NotReachedError
from ..ways import CannotSendError, Way
from .api import ApiError
from .models import Media

CODE = "tencent-media"
MOST_BYTES = 25 * 2**20
WITHIN = 25.0
"""Seconds for a whole file; with a new token before it still within the lease."""
GONE = frozenset({40007, 40004})
"""errcodes: no such file any more, no such kind."""
NAMES = {"image": "图片.jpg", "voice": "语音.amr", "video": "视频.mp4", "file": "文件"}

Fetch = Callable[[str], bytes]
FETCH: dict[str, Fetch] = {}
"""By channel: what gives the bytes of a media id."""


def queue_media(
    channel: str, media_id: str, kind: str, *, case_id: UUID, dedupe: str, at: datetime, name: str = ""
) -> None:
    """Have a file fetched for a case. dedupe: the message's id and which of its files it is.

    Effects, in the caller's transaction: a row, and an outbox row that names it, once.
    """
    row = Media.objects.create(
        channel=channel, media_id=media_id, kind=kind, name=name[:120], case_id=case_id, at=at
    )
    queue_message(CODE, payload={"media": row.pk}, at=at, dedupe_key=f"{channel}:media:{dedupe}"[:200])


def fetch_media(message: OutboxMessage, now: datetime) -> str:
    """The outbox's way: fetch one file and keep it with its case, or a row that says why it was not taken."""
    row = Media.objects.get(pk=message.payload["media"])
    if row.attachment_id is not None:
        return ""
    try:
        raw = FETCH[row.channel](row.media_id.clear())
    except ApiError as problem:
        if problem.code in GONE:
            raise CannotSendError(str(problem)) from problem
        raise
    except NoAnswerError as problem:  # asked again, nothing happens twice
        raise NotReachedError(str(problem)) from problem
    kept = take(raw, name=row.name or NAMES[row.kind], subject=("case", row.case_id), by=CUSTOMER, at=now)
    Media.objects.filter(pk=row.pk).update(attachment_id=kept.pk)
    return ""


WAY = Way(CODE, fetch_media, repeatable=True)
