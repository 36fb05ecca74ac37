"""The hotline: how the connection is, the shared secret, which numbers count, and whose extension is whose."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from goodword.base.people.models import Account
from goodword.company.channels.hotline.health import light
from goodword.company.channels.hotline.queries import line
from goodword.company.channels.hotline.settings import hotline as chosen_now
from goodword.wiring.administration import hotline as administration

from ..access import WebRequest, page
from ..templatetags.goodword_ui import t
from .common import checked, draw, typed_for
from .forms.hotline import ExtensionForm, HotlineForm

MOST = 300
LIGHTS = {
    "unset": ("neutral", "还没有设置密钥：先新建一个，交给话务系统", "No secret yet: make one and give it to the call centre"),
    "waiting": ("info", "等待第一个事件", "Waiting for the first event"),
    "refused": ("bad", "最近一小时有事件被拒收", "Events were turned away within the last hour"),
    "unread": ("warn", "最近一小时有事件读不懂，原文已保存", "Events could not be read within the last hour; they are kept"),
    "clock": ("warn", "话务系统的时钟不准，已换算", "The call centre’s clock is off; calls are converted"),
    "silent": ("warn", "一天多没有事件", "No event for more than a day"),
    "good": ("good", "正常", "Well"),
}  # fmt: skip
WHY = {
    "unset": ("没有密钥", "no secret"),
    "headers": ("缺少签名头", "headers missing"),
    "signature": ("签名不对", "wrong signature"),
    "time": ("时间戳相差太多", "timestamp too far off"),
}


@page(right="settings.edit", methods="GET POST")
def hotline(request: WebRequest, clear: str = "") -> HttpResponse:
    """The page; posted, other numbers or another difference of clocks."""
    chosen, state = chosen_now(), line()
    if request.method == "POST":
        typed = checked(HotlineForm(request.POST))
        administration.set_hotline(**typed, by=request.actor, at=request.now)
        messages.success(request, t("已保存。", "Saved."))
        return HttpResponseRedirect(reverse("web:settings-hotline"))
    tone, zh, en = LIGHTS[light(state, chosen, at=request.now)]
    initial = {"numbers": "\n".join(chosen.numbers), "may_differ": chosen.may_differ}
    owners = Account.objects.filter(is_active=True).exclude(phone_extension="").select_related("person")
    return draw(
        request,
        "settings-hotline",
        "hotline.html",
        clear=clear,
        tone=tone,
        said=t(zh, en),
        line=state,
        why=t(*WHY[state.refused_for]) if state.refused_for else "",
        has_secret=bool(chosen.secret),
        address=request.build_absolute_uri("/api/v1/hooks/hotline"),
        form=HotlineForm(typed_for(request, "hotline"), initial=initial),
        extension_form=ExtensionForm(typed_for(request, "extension")),
        owners=list(owners.order_by("phone_extension")[:MOST]),
    )


@page(right="settings.edit", methods="POST", back=hotline)
def secret(request: WebRequest) -> HttpResponse:
    """A new secret: its text is on the answer and nowhere else."""
    clear = administration.make_secret(by=request.actor, at=request.now)
    request.method = "GET"
    answer = hotline.bare(request, clear=clear)
    assert isinstance(answer, HttpResponse)
    return answer


@page(right="settings.edit", methods="POST", back=hotline)
def extension(request: WebRequest) -> HttpResponse:
    """Somebody has this extension."""
    typed = checked(ExtensionForm(request.POST))
    administration.set_extension(typed["account"].pk, typed["extension"], by=request.actor, at=request.now)
    messages.success(request, t("已保存。", "Saved."))
    return HttpResponseRedirect(reverse("web:settings-hotline"))
