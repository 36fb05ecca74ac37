"""Files that went along with an answer, for the customer it was given to."""

from __future__ import annotations

from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from goodword.base.core import clock
from goodword.base.core.errors import NotFound
from goodword.company.channels.app.beside import opened
from goodword.company.channels.app.settings import box
from goodword.engine.attachments.models import Attachment
from goodword.engine.attachments.queries import open_for_download
from goodword.voice.cases.models import Message

from ..access import public
from ..visits import case_of


@public()
def case_file(request: HttpRequest, attachment: UUID) -> HttpResponseBase:
    """A file beside an answer of the case this browser has opened. Every other file is not found."""
    case = case_of(request)
    if case is None:
        return redirect("portal:track")
    told = Message.objects.filter(case=case, direction="out", files=attachment)
    if not told.exists():
        raise Http404
    return handed_over(Attachment.objects.get(pk=attachment))


@public()
def chat_file(_request: HttpRequest, link: str) -> HttpResponseBase:
    """A file beside a line of a chat, for whoever holds the link its conversation gave; also in a page of the company's app."""
    at = clock.now()
    file = opened(link, at=at) if box().is_open else None
    if file is None:
        raise Http404
    answer = handed_over(file)
    answer["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer


def handed_over(file: Attachment) -> FileResponse:
    """The bytes as a download, whatever they are: opened in place they might act. A picture of a page shows all the same."""
    try:
        found = open_for_download(file)
    except NotFound:
        raise Http404 from None
    answer = FileResponse(
        found.content, as_attachment=True, filename=found.name, content_type=found.content_type
    )
    answer["Content-Security-Policy"] = "sandbox"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
