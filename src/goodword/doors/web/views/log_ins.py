"""Where I am logged in, and logging out there."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect

from goodword.wiring.administration import log_ins

from ..access import WebRequest, page
from ..templatetags.goodword_ui import t
from .profile import HERE, profile


@page(methods="POST", back=profile)
def end_sessions(request: WebRequest) -> HttpResponse:
    """Log out at the place that is named; everywhere else, where none is."""
    here, name = request.session.session_key, request.POST.get("name", "")
    if name:
        log_ins.end_one(request.user, name, by=request.actor, at=request.now)
        messages.success(request, t("已退出那处登录。", "Logged out there."))
    else:
        ended = log_ins.end_others(request.user, here=here, by=request.actor, at=request.now)
        messages.success(request, t("已退出其他 {n} 处登录。", "Logged out of {n} other places.", n=ended))
    return HttpResponseRedirect(f"{HERE}#log-ins")
