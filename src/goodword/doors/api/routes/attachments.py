"""Files of a case: added, listed, and handed over as downloads that nothing opens by itself."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from django.http import FileResponse
from ninja import File, UploadedFile

from goodword.engine.attachments.actions.storing import store
from goodword.engine.attachments.laying import content_of
from goodword.engine.attachments.models import Attachment
from goodword.engine.attachments.queries import attachment_of, attachments_of, open_for_download

from .. import found
from ..caller import Caller
from ..operations import Door
from ..schemas.attachments import AttachmentOut, AttachmentsOut
from ..shown.people import person

door = Door("Attachments")


@door.read("cases/{key}/attachments", right="cases.see", answer=AttachmentsOut)
def list_attachments(caller: Caller, key: str) -> AttachmentsOut:
    """The files of a case"""
    case = found.case(caller, key)
    return AttachmentsOut(items=[_shown(row) for row in attachments_of("case", case.pk)])


@door.write("cases/{key}/attachments", right="attachments.add", answer=AttachmentOut, status=201)
def add_attachment(caller: Caller, key: str, file: Annotated[UploadedFile, File(...)]) -> AttachmentOut:
    """Add a file, 25 MB at most; what could act when opened is refused"""
    case = found.case(caller, key)
    return _shown(
        store(content_of(file), name=file.name or "file", subject=("case", case.pk), **caller.acting)
    )


@door.read("cases/{key}/attachments/{attachment_id}", right="cases.see", answer=None)
def download_attachment(caller: Caller, key: str, attachment_id: UUID) -> FileResponse:
    """A file's bytes"""
    case = found.case(caller, key)
    download = open_for_download(attachment_of("case", case.pk, attachment_id))
    response = FileResponse(
        download.content, as_attachment=True, filename=download.name, content_type="application/octet-stream"
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "no-store"
    return response


def _shown(row: Attachment) -> AttachmentOut:
    return AttachmentOut(
        id=row.pk,
        name=row.name,
        content_type=row.content_type,
        size=row.size,
        sha256=row.sha256,
        state=row.state,
        refusal=row.refusal,
        origin=row.origin,
        by=person(row.uploaded_by),
        at=row.at,
    )
