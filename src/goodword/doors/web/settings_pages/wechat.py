"""The official account: how the connection is, who we are there, what is said by itself, a try, a code."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from goodword.base.documents.qr import data_uri
from goodword.company.channels.wechat.sending import CODE
from goodword.company.channels.wechat.settings import SEALED
from goodword.company.channels.wechat.settings import wechat as chosen_now
from goodword.wiring.administration import wechat as administration

from ..access import WebRequest, page
from ..templatetags.goodword_ui import t
from .common import checked, draw, typed_for
from .forms.wechat import SceneForm, WeChatForm
from .tencent import connection, tried


@page(right="settings.edit", methods="GET POST")
def wechat(request: WebRequest, scene: str = "", picture: str = "") -> HttpResponse:
    """The page; posted, other settings."""
    chosen = chosen_now()
    if request.method == "POST":
        form = WeChatForm(request.POST)
        checked(form)
        administration.set_wechat(form.chosen(), by=request.actor, at=request.now)
        messages.success(request, t("已保存。", "Saved."))
        return HttpResponseRedirect(reverse("web:settings-wechat"))
    return draw(
        request,
        "settings-wechat",
        "wechat.html",
        **connection(CODE, is_set=chosen.can_hear, at=request.now),
        address=request.build_absolute_uri("/api/v1/hooks/wechat"),
        form=WeChatForm(typed_for(request, "wechat"), initial=WeChatForm.of(chosen)),
        kept=[name for name in SEALED if getattr(chosen, name)],
        may_call=chosen.can_call,
        scene_form=SceneForm(typed_for(request, "scene")),
        scene=scene,
        picture=picture,
    )


@page(right="settings.edit", methods="POST", back=wechat, one_fact=False)
def trying(request: WebRequest) -> HttpResponse:
    """Call WeChat with the settings as they are."""

    def call() -> str:
        return str(administration.try_wechat(by=request.actor))

    if number := tried(request, call):
        messages.success(
            request, t("接通了：微信有 {n} 个地址。", "It works: WeChat has {n} addresses.", n=number)
        )
    return HttpResponseRedirect(reverse("web:settings-wechat"))


@page(right="settings.edit", methods="POST", back=wechat, one_fact=False)
def code(request: WebRequest) -> HttpResponse:
    """A lasting code for an order or a device, on the answer and nowhere else."""
    typed = checked(SceneForm(request.POST))

    def call() -> str:
        return administration.make_scene_code(typed["kind"], typed["number"], by=request.actor)

    address = tried(request, call)
    if not address:
        return HttpResponseRedirect(reverse("web:settings-wechat"))
    request.method = "GET"
    answer = wechat.bare(request, scene=f"{typed['kind']}:{typed['number']}", picture=data_uri(address))
    assert isinstance(answer, HttpResponse)
    return answer
