"""Where WeCom says that its customer service has something for us."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from goodword.base.core import clock
from goodword.base.core.errors import Invalid
from goodword.company.channels.tencent import line
from goodword.company.channels.tencent.reading import MOST_BYTES
from goodword.company.channels.wecom.actions.fetching import called
from goodword.company.channels.wecom.posts import call_in, envelope_in, words_in
from goodword.company.channels.wecom.sending import CODE
from goodword.company.channels.wecom.settings import wecom

from .. import problems
from ..operations import ANYBODY
from ..views import at_the_door
from .tencent import query_of, turned_away


def customer_service(request: HttpRequest) -> HttpResponse:
    """GET: WeCom asks whether we are there, and wants its sealed word back in clear. POST: there is something to fetch."""
    at, chosen, query = clock.now(), wecom(), query_of(request)
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        return problems.answer(
            413, problems.told("消息过大。", "The message is too large."), code="too_large"
        )
    asks = request.method == "GET"
    envelope = request.GET.get("echostr", "")[:MOST_BYTES] if asks else envelope_in(request.body)
    why, words = words_in(query, envelope, chosen=chosen, at=at)
    if why:
        return turned_away(request, CODE, why, at=at)
    if asks:
        return HttpResponse(words, content_type="text/plain; charset=utf-8")
    try:
        call = call_in(words)
    except Invalid:
        line.not_read(CODE, at=at)
    else:
        if call.kf_id:
            called(call, at=at)
    return HttpResponse("success", content_type="text/plain")


customer_service_posts = at_the_door(customer_service, {"GET": (ANYBODY,), "POST": (ANYBODY,)})
