"""My quiet hours."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect

from goodword.base.core.errors import Invalid
from goodword.wiring.administration.quiet_hours import set_quiet_hours

from ..access import WebRequest, page
from ..templatetags.goodword_ui import t
from .profile import HERE, QuietForm, profile


@page(methods="POST", back=profile)
def set_quiet(request: WebRequest) -> HttpResponse:
    """From when until when; `none`: no quiet hours any more."""
    hours = None
    if "none" not in request.POST:
        form = QuietForm(request.POST)
        if not form.is_valid():
            raise Invalid("请填写起止时间。", "Give from when, and until when.")
        hours = (form.cleaned_data["starts"], form.cleaned_data["ends"])
    set_quiet_hours(request.user, hours=hours, by=request.actor, at=request.now)
    messages.success(request, t("已保存。", "Saved."))
    return HttpResponseRedirect(f"{HERE}#quiet")
