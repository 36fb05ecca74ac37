"""The company's own app: a customer's words come in, the conversation goes out."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.urls import reverse

from goodword.base.core import clock
from goodword.base.core.errors import DomainError
from goodword.company.channels.app.actions.taking import refuse, take_told
from goodword.company.channels.app.reading import MOST_BYTES, read_user
from goodword.company.channels.app.settings import box
from goodword.company.channels.app.visiting import address_of_user, party
from goodword.company.channels.signing import Signed
from goodword.voice.cases.models import Case
from goodword.wiring.conversations import Spoken, conversation

from .. import problems
from ..operations import ANYBODY
from ..views import at_the_door
from .signed import refusal, signed_of


def message(request: HttpRequest) -> HttpResponse:
    """200 with the case's number and whether the message was new; 401 where the signature is not good, 404, 413, 422, 429."""
    at, chosen, signed = clock.now(), box(), signed_of(request)
    body = request.body
    if refused := refusal(request, signed, body, by=chosen, at=at, door="app", refuse=_refuse):
        return refused
    try:
        taken = take_told(signed, body, at=at)
    except DomainError as error:
        return problems.of_domain(request, error)
    if taken is None:
        return JsonResponse({"seen": True})
    assert taken.case_id is not None  # nothing of this channel is held apart
    number = Case.objects.values_list("number", flat=True).get(pk=taken.case_id)
    answers_now = chosen.answers_at(at)
    said: dict[str, Any] = {"case": number, "new": taken.is_new, "answers_now": answers_now}
    if not answers_now:
        said["away"] = {"zh": chosen.away_zh, "en": chosen.away_en}
    return JsonResponse(said)


def talk(request: HttpRequest, user: str) -> HttpResponse:
    """200 with the conversation of a user, `?after=` the line they have; 304 while nothing changed.

    The signature is over the address with its query, as nothing else is sent.
    """
    at, chosen, signed = clock.now(), box(), signed_of(request)
    asked = request.get_full_path().encode()
    if refused := refusal(request, signed, asked, by=chosen, at=at, door="app", refuse=_look_on):
        return refused
    after = request.GET.get("after", "0")
    try:
        there = party(address_of_user(read_user(user)))
    except DomainError as error:
        return problems.of_domain(request, error)
    shown = conversation(there, answers_now=chosen.answers_at(at), at=at)
    tag = f'W/"{shown.tag}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified(headers={"ETag": tag})
    least = int(after) if after.isascii() and after.isdecimal() and len(after) < 19 else 0
    lines = [_line(one) for one in shown.lines if not least or one.line > least]
    return JsonResponse({"lines": lines, "answers_now": shown.answers_now}, headers={"ETag": tag})


def _line(one: Spoken) -> dict[str, Any]:
    files = [
        {
            "name": file.name,
            "type": file.content_type,
            "size": file.size,
            "url": settings.GOODWORD_URL.rstrip("/") + reverse("portal:chat-file", args=[file.link]),
        }
        for file in one.files
    ]
    said = {"who": one.who, "text": one.text, "at": one.at.isoformat(timespec="seconds"), "line": one.line}
    return {**said, "files": files}


def _refuse(why: str, _signed: Signed) -> None:
    refuse(why, at=clock.now())


def _look_on(_why: str, _signed: Signed) -> None:
    """Looking writes nothing, not even that somebody was turned away."""


app_messages = at_the_door(message, {"POST": (ANYBODY,)}, largest=MOST_BYTES)
app_talk = at_the_door(talk, {"GET": (ANYBODY,)})
