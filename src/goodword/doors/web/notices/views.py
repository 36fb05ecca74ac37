"""What the software tells its people, and what it could not send."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from goodword.base.core.errors import NotFound
from goodword.company.channels import queries
from goodword.company.channels.actions.seeing import mark_seen
from goodword.company.channels.actions.sending_again import send_again as send
from goodword.company.channels.models import Notice, OutboxMessage

from ..access import WebRequest, page
from ..templatetags.goodword_ui import t
from ..views.language import inside

PER_PAGE = 50
STATES = {
    "queued": ("待发送", "waiting"),
    "sending": ("发送中", "being sent"),
    "sent": ("已发送", "sent"),
    "failed": ("将重试", "to be tried again"),
    "dead": ("未送达", "not delivered"),
    "unknown": ("结果不明", "outcome unknown"),
}


@page()
def notices(request: WebRequest) -> HttpResponse:
    """My inbox, the newest first; `?before=` begins the next page."""
    before = request.GET.get("before", "")
    found = queries.latest(
        request.user.pk,
        limit=PER_PAGE + 1,
        before_id=int(before) if before.isascii() and before.isdecimal() else None,
    )
    shown = found[:PER_PAGE]
    return render(
        request,
        "web/notices/notices.html",
        {
            "notices": shown,
            "older": f"?before={shown[-1].pk}" if len(found) > PER_PAGE else "",
            "may_see_undelivered": request.actor.has("settings.edit"),
        },
    )


@page(methods="POST")
def seen(request: WebRequest) -> HttpResponse:
    """Mark one notice as seen and go where it leads, or mark all."""
    chosen = request.POST.get("notice", "")
    only = [int(chosen)] if chosen.isascii() and chosen.isdecimal() else None
    mark_seen(request.user.pk, notices=only, at=request.now)
    target = _path_of(request, only[0]) if only else ""
    return HttpResponseRedirect(target or reverse("web:notices"))


def _path_of(request: WebRequest, notice_id: int) -> str:
    """The page a notice of this account leads to; only ever a path of this site."""
    notice = Notice.objects.filter(account_id=request.user.pk, pk=notice_id).first()
    return inside(request, notice.path, otherwise="") if notice else ""


@page(right="settings.edit")
def undelivered(request: WebRequest, **_of_the_form_refused: int) -> HttpResponse:
    """Messages that were not sent for good, or nobody knows; and how many lie in the outbox."""
    counts = queries.outbox_counts()
    rows = [{"row": row, "state": t(*STATES[row.state])} for row in queries.in_trouble(limit=100)]
    shown: dict[str, Any] = {
        "rows": rows,
        "counts": [(t(*names), counts.get(code, 0), code) for code, names in STATES.items()],
    }
    return render(request, "web/notices/undelivered.html", shown)


@page(right="settings.edit", methods="POST", back=undelivered)
def send_again(request: WebRequest, message_id: int) -> HttpResponse:
    """Queue it again."""
    message = OutboxMessage.objects.filter(pk=message_id).first()
    if message is None:
        raise NotFound
    send(message, by=request.actor, at=request.now)
    messages.success(request, t("已重新排队发送。", "Queued again."))
    return HttpResponseRedirect(reverse("web:undelivered"))
