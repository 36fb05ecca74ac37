"""WeCom's customer service: how the connection is, who we are there, a try."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from goodword.company.channels.wecom.sending import CODE
from goodword.company.channels.wecom.settings import SEALED, WeCom
from goodword.company.channels.wecom.settings import wecom as chosen_now
from goodword.wiring.administration import wecom as administration

from ..access import WebRequest, page
from ..templatetags.goodword_ui import t
from .common import checked, draw, typed_for
from .forms.wecom import WeComForm
from .tencent import connection, tried


@page(right="settings.edit", methods="GET POST")
def wecom(request: WebRequest) -> HttpResponse:
    """The page; posted, other settings."""
    chosen = chosen_now()
    if request.method == "POST":
        typed = checked(WeComForm(request.POST))
        administration.set_wecom(WeCom(**typed), by=request.actor, at=request.now)
        messages.success(request, t("已保存。", "Saved."))
        return HttpResponseRedirect(reverse("web:settings-wecom"))
    shown = {name: getattr(chosen, name) for name in ("corpid", "may_differ", "polled_every")}
    return draw(
        request,
        "settings-wecom",
        "wecom.html",
        **connection(CODE, is_set=chosen.can_hear, at=request.now),
        address=request.build_absolute_uri("/api/v1/hooks/wecom"),
        form=WeComForm(typed_for(request, "wecom"), initial=shown),
        kept=[name for name in SEALED if getattr(chosen, name)],
        may_call=chosen.can_call,
    )


@page(right="settings.edit", methods="POST", back=wecom, one_fact=False)
def trying(request: WebRequest) -> HttpResponse:
    """Call WeCom with the settings as they are."""

    def call() -> str:
        return str(administration.try_wecom(by=request.actor))

    if number := tried(request, call):
        said = t("接通了：有 {n} 个客服帐号。", "It works: {n} customer service accounts.", n=number)
        messages.success(request, said)
    return HttpResponseRedirect(reverse("web:settings-wecom"))
