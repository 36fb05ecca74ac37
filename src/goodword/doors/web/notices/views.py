"""What the software tells its people."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from goodword.company.channels import queries
from goodword.company.channels.actions.seeing import mark_seen
from goodword.company.channels.mail.queries import any_set_aside
from goodword.company.channels.models import Notice

from ..access import WebRequest, page
from ..views.language import inside

PER_PAGE = 50


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
            "mails_aside": request.actor.has("cases.receive") and any_set_aside(),
            "undelivered": queries.undelivered_count() if request.actor.has("compliance.see") else None,
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
