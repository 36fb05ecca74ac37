"""The in-app box: whether there is a chat and where, when people answer, and the company's own app's secret."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from goodword.company.channels.app.queries import link
from goodword.company.channels.app.settings import box
from goodword.wiring.administration import appbox as administration

from ..access import WebRequest, page
from ..templatetags.goodword_ui import t
from .common import checked, draw, typed_for
from .forms.appbox import AppForm
from .hotline import WHY


@page(right="settings.edit", methods="GET POST")
def app(request: WebRequest, clear: str = "") -> HttpResponse:
    """The page; posted, the chat's settings."""
    chosen, state = box(), link()
    if request.method == "POST":
        administration.set_app_box(**checked(AppForm(request.POST)), by=request.actor, at=request.now)
        messages.success(request, t("已保存。", "Saved."))
        return HttpResponseRedirect(reverse("web:settings-app"))
    names = ("is_open", "calendar", "away_zh", "away_en", "keeps_for", "may_differ")
    initial = {name: getattr(chosen, name) for name in names} | {"origins": "\n".join(chosen.origins)}
    home = request.build_absolute_uri("/").rstrip("/")
    return draw(
        request,
        "settings-app",
        "app.html",
        clear=clear,
        chosen=chosen,
        link=state,
        why=t(*WHY[state.refused_for]) if state.refused_for else "",
        address=f"{home}/api/v1/hooks/app",
        page=home + reverse("portal:chat"),
        snippet=f'<script src="{home}{reverse("portal:widget")}" async></script>',
        form=AppForm(typed_for(request, "app"), initial=initial),
    )


@page(right="settings.edit", methods="POST", back=app)
def secret(request: WebRequest) -> HttpResponse:
    """A new secret: its text is on the answer and nowhere else."""
    clear = administration.make_app_secret(by=request.actor, at=request.now)
    request.method = "GET"
    answer = app.bare(request, clear=clear)
    assert isinstance(answer, HttpResponse)
    return answer
