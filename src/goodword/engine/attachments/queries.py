"""Reading attachments: those of a subject, and one for download."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import IO
from uuid import UUID

from django.core.files.storage import default_storage
from django.db.models import Count, QuerySet

from goodword.base.core.asking import asked_often
from goodword.base.core.errors import NotFound

from .models import Attachment

MOST_LISTED = 100


@dataclass(frozen=True, slots=True)
class Download:
    """A file to hand over as a download: never shown in place, whatever its type. The receiver closes `content`."""

    content: IO[bytes]
    name: str
    content_type: str
    size: int


def attachments_of(subject_type: str, subject_id: object, *, with_refused: bool = True) -> list[Attachment]:
    """The subject's files, the oldest first, with who added them. One query."""
    states = ["ok", "refused"] if with_refused else ["ok"]
    return _of(subject_type, str(subject_id), states)


@asked_often
def _of(subject_type: str, subject_id: str, states: list[str]) -> QuerySet[Attachment]:
    rows = Attachment.objects.filter(subject_type=subject_type, subject_id=subject_id, state__in=states)
    return rows.select_related("uploaded_by__person")[:MOST_LISTED]


def count_by_subject(subject_type: str, subject_ids: Iterable[object]) -> dict[str, int]:
    """{subject id: how many files it holds}, without those that hold none. One query."""
    wanted = [str(one) for one in subject_ids]
    rows = Attachment.objects.filter(subject_type=subject_type, subject_id__in=wanted, state="ok")
    counted = rows.order_by().values("subject_id").annotate(files=Count("pk"))
    return {row["subject_id"]: row["files"] for row in counted}


def attachment_of(subject_type: str, subject_id: object, attachment_id: UUID) -> Attachment:
    """The subject's file with this id. Raises NotFound, also when it belongs to another subject."""
    rows = Attachment.objects.filter(subject_type=subject_type, subject_id=str(subject_id), state="ok")
    found = rows.filter(pk=attachment_id).first()
    if found is None:
        raise NotFound
    return found


def open_for_download(attachment: Attachment) -> Download:
    """Open the file. Whether the person may have it is the subject's question and is asked before.

    Raises NotFound for a refused file, or one the storage does not have.
    """
    if attachment.state != "ok" or not attachment.storage_name:
        raise NotFound
    try:
        content = default_storage.open(attachment.storage_name, "rb")
    except FileNotFoundError:
        raise NotFound from None
    return Download(content, attachment.name, attachment.content_type, attachment.size)
