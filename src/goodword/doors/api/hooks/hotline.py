"""Where a call centre tells of its calls."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse, JsonResponse

from goodword.base.core import clock
from goodword.base.core.errors import Invalid
from goodword.company.channels.hotline.actions.taking import refuse, take
from goodword.company.channels.hotline.reading import MOST_BYTES
from goodword.company.channels.hotline.settings import hotline

from .. import problems
from ..operations import ANYBODY
from ..views import at_the_door
from .signed import refusal, signed_of


def call_event(request: HttpRequest) -> HttpResponse:
    """200 with the call's key and whether it was new; 401 where the signature is not good, 413, 422, 429."""
    at = clock.now()
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        return problems.answer(
            413, problems.told("事件不能超过 64 KB。", "An event may have 64 KB at most."), code="too_large"
        )
    body, chosen, signed = request.body, hotline(), signed_of(request)
    turned_away = partial(refuse, at=at)
    refused = refusal(request, signed, body, by=chosen, at=at, door="hotline", refuse=turned_away)
    if refused is not None:
        return refused
    try:
        taken = take(signed, body, chosen=chosen, at=at)
    except Invalid as error:
        return problems.of_domain(request, error)
    return JsonResponse({"call": str(taken.call.pk), "new": taken.is_new})


call_events = at_the_door(call_event, {"POST": (ANYBODY,)})
