"""Where a call centre tells of its calls."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse

from goodword.base.core import clock
from goodword.base.core.errors import Invalid
from goodword.company.channels.hotline.actions.taking import refuse, take
from goodword.company.channels.hotline.reading import MOST_BYTES
from goodword.company.channels.hotline.settings import hotline
from goodword.company.channels.hotline.signing import Signed

from .. import problems, throttle
from ..operations import ANYBODY
from ..views import at_the_door

WHY = {
    "unset": ("还没有设置热线密钥。", "No secret has been set for the hotline."),
    "headers": (
        "缺少 webhook-id、webhook-timestamp 或 webhook-signature。",
        "webhook-id, webhook-timestamp or webhook-signature is missing or malformed.",
    ),
    "signature": ("签名不对。", "The signature is wrong."),
    "time": (
        "时间戳与服务器时间相差太多。",
        "The timestamp is too far from the server’s clock.",
    ),
}


def call_event(request: HttpRequest) -> HttpResponse:
    """200 with the call's key and whether it was new; 401 where the signature is not good, 413, 422, 429."""
    at = clock.now()
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        return problems.answer(
            413, problems.told("事件不能超过 64 KB。", "An event may have 64 KB at most."), code="too_large"
        )
    body, chosen = request.body, hotline()
    signed = Signed.of(
        *(request.headers.get(f"webhook-{name}", "") for name in ("id", "timestamp", "signature"))
    )
    if why := signed.refusal(body, by=chosen, at=at):
        try:
            throttle.count(f"hotline:{request.META.get('REMOTE_ADDR', '')}", at=at)
        except throttle.TooMany as error:
            return problems.of_domain(request, error)
        refuse(why, signed, at=at)
        return problems.answer(401, problems.told(*WHY[why]), code=f"signature_{why}")
    try:
        taken = take(signed, body, chosen=chosen, at=at)
    except Invalid as error:
        return problems.of_domain(request, error)
    return JsonResponse({"call": str(taken.call.pk), "new": taken.is_new})


call_events = at_the_door(call_event, {"POST": (ANYBODY,)})
