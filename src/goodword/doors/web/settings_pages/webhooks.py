"""Which other systems hear of what happens here: added, switched, looked at, and an event sent once more."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from goodword.base.core.errors import NotFound
from goodword.company.channels.webhooks.actions import replaying
from goodword.company.channels.webhooks.events import sent_to
from goodword.company.channels.webhooks.models import Endpoint
from goodword.engine.journal.kinds import declared
from goodword.wiring.administration import webhooks as administration

from ..access import WebRequest, page
from ..templatetags.goodword_ui import t
from .common import checked, draw
from .forms.webhooks import EndpointForm
from .lights import of_endpoint

MOST, NEWEST = 200, 50
STATES = {
    "queued": ("待发送", "waiting", "info"),
    "sending": ("发送中", "being sent", "info"),
    "sent": ("已收下", "taken", "good"),
    "failed": ("将重试", "to be tried again", "warn"),
    "dead": ("未送达", "not delivered", "bad"),
    "unknown": ("结果不明", "outcome unknown", "warn"),
    "given_up": ("不再发送", "given up", "neutral"),
}


@page(right="settings.edit", methods="GET POST")
def webhooks(request: WebRequest, **_of_the_form_refused: int) -> HttpResponse:
    """The endpoints; posted, a new one: its secret is on the answer and nowhere else."""
    clear = ""
    if request.method == "POST":
        new = administration.NewEndpoint(**checked(EndpointForm(request.POST)))
        _, clear = administration.add_endpoint(new, by=request.actor, at=request.now)
    rows = Endpoint.objects.order_by("-is_on", "pk")[:MOST]
    typed = request.typed if request.typed and "kinds" in request.typed else None
    return draw(
        request,
        "settings-webhooks",
        "webhooks.html",
        clear=clear,
        endpoints=[(row, *of_endpoint(row)) for row in rows],
        form=EndpointForm(typed),
        kinds=[(name, t(kind.zh, kind.en)) for name, kind in sorted(declared().items())],
    )


@page(right="settings.edit")
def webhook(request: WebRequest, endpoint_id: int) -> HttpResponse:
    """One endpoint and its newest events."""
    endpoint = Endpoint.objects.filter(pk=endpoint_id).first()
    if endpoint is None:
        raise NotFound
    tone, words = of_endpoint(endpoint)
    return draw(
        request,
        "settings-webhooks",
        "webhook.html",
        endpoint=endpoint,
        tone=tone,
        words=words,
        events=[
            (row, t(*STATES[row.state][:2]), STATES[row.state][2])
            for row in sent_to(endpoint.pk, limit=NEWEST)
        ],
    )


@page(right="settings.edit", methods="POST", back=webhook)
def switch(request: WebRequest, endpoint_id: int) -> HttpResponse:
    """On, or off."""
    is_on = request.POST.get("is_on") == "yes"
    administration.switch_endpoint(endpoint_id, is_on=is_on, by=request.actor, at=request.now)
    messages.success(request, t("已保存。", "Saved."))
    return _there(endpoint_id)


@page(right="settings.edit", methods="POST", back=webhook)
def replay(request: WebRequest, endpoint_id: int) -> HttpResponse:
    """One of its events once more."""
    typed = request.POST.get("message", "")
    if not (typed.isascii() and typed.isdecimal() and len(typed) < 19):
        raise NotFound
    replaying.replay(int(typed), by=request.actor, at=request.now)
    messages.success(request, t("已重新排队发送。", "Queued again."))
    return _there(endpoint_id)


def _there(endpoint_id: int) -> HttpResponse:
    return HttpResponseRedirect(reverse("web:settings-webhook", args=[endpoint_id]))
