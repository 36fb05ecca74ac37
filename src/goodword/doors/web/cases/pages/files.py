"""A case's file as a download: never shown in place, whatever it is."""

from __future__ import annotations

from uuid import UUID

from django.http import FileResponse

from goodword.engine.attachments.queries import attachment_of, open_for_download
from goodword.voice.cases.queries import listing

from ...access import WebRequest, page


@page(right="cases.see")
def download(request: WebRequest, number: int, attachment: UUID) -> FileResponse:
    """The bytes, under their own name, in a sandbox. Another case's file is not found."""
    case = listing.get(request.actor, number)
    found = open_for_download(attachment_of("case", case.pk, attachment))
    response = FileResponse(
        found.content, as_attachment=True, filename=found.name, content_type="application/octet-stream"
    )
    response["Content-Security-Policy"] = "sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
