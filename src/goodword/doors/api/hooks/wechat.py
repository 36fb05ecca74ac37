"""Where WeChat posts what followers of the official account say and do."""

from __future__ import annotations

import secrets
import time

from django.http import HttpRequest, HttpResponse

from goodword.base.core import clock
from goodword.company.channels.tencent.reading import MOST_BYTES
from goodword.company.channels.wechat.actions.taking import take
from goodword.company.channels.wechat.posts import Refusal, answer, believed, refusal
from goodword.company.channels.wechat.sending import CODE
from goodword.company.channels.wechat.settings import wechat

from .. import problems
from ..operations import ANYBODY
from ..views import at_the_door
from .tencent import query_of, turned_away

ANSWER_WITHIN = 4.0
"""Seconds after which an answer would come too late: WeChat hangs up after five."""


def official_account(request: HttpRequest) -> HttpResponse:
    """GET: WeChat asks whether we are there. POST: a message or an event; `success`, or words for the follower."""
    began, at = time.monotonic(), clock.now()
    chosen, query = wechat(), query_of(request)
    if request.method == "GET":
        if why := refusal(query, chosen=chosen, at=at):
            return turned_away(request, CODE, why, at=at)
        return HttpResponse(request.GET.get("echostr", "")[:200], content_type="text/plain; charset=utf-8")
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        return problems.answer(
            413, problems.told("消息过大。", "The message is too large."), code="too_large"
        )
    post = believed(query, request.body, chosen=chosen, at=at)
    if isinstance(post, Refusal):
        return turned_away(request, CODE, post.why, at=at)
    reply = take(post, chosen=chosen, at=at, in_time=lambda: time.monotonic() - began < ANSWER_WITHIN)
    if reply is None:
        return turned_away(request, CODE, "replayed", at=at)
    said = answer(
        reply.text,
        openid=reply.openid,
        account=reply.account,
        query=query,
        chosen=chosen,
        at=at,
        ahead=secrets.token_bytes(16),
    )
    return HttpResponse(said, content_type="text/plain" if said == "success" else "application/xml")


official_account_posts = at_the_door(official_account, {"GET": (ANYBODY,), "POST": (ANYBODY,)})
