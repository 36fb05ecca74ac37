"""After a log-in: the form that could not be sent, as it was typed."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpResponseBase, HttpResponseRedirect, QueryDict
from django.urls import Resolver404, resolve

from goodword.base.core.errors import DomainError

from .. import typed
from ..access import Page, WebRequest, page
from ..templatetags.goodword_ui import t


class Unsent(DomainError):
    """The session had ended when the form was sent."""

    code = "unsent"

    def __init__(self) -> None:
        super().__init__(
            "登录已过期，刚才的内容没有发出，现在原样还给您。",
            "Your session had ended: nothing was sent, and here it is as you typed it.",
            cure_zh="请核对后再发送一次；附件需要重新添加。",
            cure_en="Look it over and send it again; files have to be added anew.",
        )


@page()
def again(request: WebRequest) -> HttpResponseBase:
    """The page the form stands on, drawn as after a refusal; the page it was sent from, where it cannot be drawn."""
    form = typed.opened(request.session.get(typed.FIELD, ""), account=request.user.pk, at=request.now)
    if form is None:
        return HttpResponseRedirect("/")
    drawn = _drawn(request, form)
    if drawn is not None:
        return drawn
    said = Unsent()
    messages.warning(request, t(said.zh, said.en))
    return HttpResponseRedirect(form.back)


def _drawn(request: WebRequest, form: typed.Typed) -> HttpResponseBase | None:
    parts = urlsplit(form.path)
    try:
        match = resolve(parts.path)
    except Resolver404:
        return None
    if not isinstance(match.func, Page):
        return None
    request.resolver_match = match
    request.path = request.path_info = parts.path
    request.GET = QueryDict(parts.query)  # the form's own address, not this one's
    request.POST = form.fields  # type: ignore[assignment]
    return match.func.drawn_again(request, Unsent())
