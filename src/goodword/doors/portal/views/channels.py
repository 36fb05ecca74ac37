"""The channel notice: every way to reach the company, on one page to read or print (FB-2.1b)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from goodword.base.core import clock
from goodword.base.documents import qr
from goodword.company.channels.notice import channels as known_channels
from goodword.company.channels.notice import notice_of

from ..access import public
from ..pages import draw
from ..speech import said


@public()
def channels(request: HttpRequest) -> HttpResponse:
    """The open channels in the regulation's order."""
    notice = notice_of(known_channels(on=timezone.localtime(clock.now()).date()))
    lines = [
        {
            "line": line,
            "name": said(line.zh, line.en),
            "note": said(line.note_zh, line.note_en or line.note_zh),
            "picture": qr.data_uri(line.link) if line.link else "",
        }
        for line in notice.lines
    ]
    return draw(request, "channels.html", lines=lines, version=notice.version)
