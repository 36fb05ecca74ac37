"""Pages for what went wrong: what happened, and what to do."""

from __future__ import annotations

import sys

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.utils import timezone

from goodword.base.core import clock
from goodword.base.core.outages import outage_of

from ..access import prepare
from ..mishaps import helping
from ..templatetags.goodword_ui import t

FAILED = (
    "出错了，是我们的问题，已经记录下来。请稍后再试；还是不行，请告诉管理员。",
    "Something failed; the fault is ours and has been noted. Try again shortly, and tell an administrator if it persists.",
)
SAID = {
    "400": (
        "这个请求我们看不懂，什么都没有改动。",
        "We could not understand this request; nothing was changed.",
    ),
    "403": ("您没有做这件事的权限。", "You do not hold the right to do this."),
    "404": ("没有找到，或者它不归您查看。", "There is no such thing, or not for you."),
    "csrf": (
        "这一页开得太久了，没有任何改动。请复制您写的内容，刷新页面后再提交。",
        "This page was open too long; nothing was changed. Copy what you wrote, reload and send it again.",
    ),
}
"""What an open page says of an answer that is no page for it."""


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's token was missing or old: ask to send it again; nothing was changed."""
    return _drawn(request, "csrf", 403)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The request made no sense."""
    return _drawn(request, "400", 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The person does not hold the right."""
    return _drawn(request, "403", 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Nothing is there, or not for this person."""
    return _drawn(request, "404", 404)


def broken(request: HttpRequest) -> HttpResponse:
    """Something of ours failed, or database or disk cannot be used: 503 or 507, and when to try again.

    Drawn without request or database, which may be what failed. Called while the exception is being handled.
    """
    outage = outage_of(sys.exc_info()[1])
    status = outage.status if outage else 500
    again = {"Retry-After": str(outage.again_in)} if outage else {}
    if request.headers.get("HX-Request"):
        said = t(outage.zh, outage.en) if outage else t(*FAILED)
        return HttpResponse(
            get_template("web/errors/part.html").render({"said": said}), status=status, headers=again
        )
    shown = {
        "outage": outage,
        "at": f"{timezone.localtime(clock.now()):%Y-%m-%d %H:%M:%S}",
        **helping(request),
    }
    template = get_template(f"web/errors/{503 if outage else 500}.html")
    return HttpResponse(template.render(shown), status=status, headers=again)


def _drawn(request: HttpRequest, name: str, status: int) -> HttpResponse:
    """The page; to htmx a sentence for the page that is open, on which everything typed still stands."""
    if hasattr(request, "user"):
        prepare(request)
    if request.headers.get("HX-Request"):
        return render(request, "web/errors/part.html", {"said": t(*SAID[name])}, status=status)
    return render(request, f"web/errors/{name}.html", helping(request), status=status)
