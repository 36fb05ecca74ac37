"""The chat: a page of its own, in a frame of the company's website, and without script a form that answers itself."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone

from goodword.base.core import clock
from goodword.base.core.errors import DomainError
from goodword.company.channels.app.actions.fetching import fetched
from goodword.company.channels.app.actions.taking import Typed, take_typed
from goodword.company.channels.app.models import Visitor
from goodword.company.channels.app.settings import Box, box
from goodword.company.channels.app.visiting import address_of, begin, known, party, renew
from goodword.company.channels.correspondence.arriving import ArrivedFile
from goodword.wiring.conversations import Beside, Conversation, conversation

from ..access import embeddable, public
from ..address import address_of as address_of_request
from ..forms import ChatForm, fresh_key
from ..limits import ARRIVING, CHATTING
from ..pages import draw, sentence
from ..photos import photos_of
from ..speech import said

WIDGET = "goodword/dist/widget.js"
WHO = {"you": ("我", "You"), "us": ("客服", "Customer service"), "auto": ("自动消息", "Automatic")}


@public("GET HEAD POST")
@embeddable
def chat(request: HttpRequest) -> HttpResponse:
    """GET: an empty chat. POST: a word of it is taken in, and the whole is answered: a page, or JSON for the script."""
    chosen = box()
    if not chosen.is_open:
        return draw(request, "chat_closed.html", status=200 if request.method != "POST" else 410)
    if request.method != "POST":
        shown = _nothing(chosen, clock.now())
        about = {"order": request.GET.get("order", "")[:60], "device": request.GET.get("device", "")[:80]}
        form = ChatForm(initial={**about, "key": fresh_key(), "site": _site(request)})
        return _drawn(request, form, shown, chosen)
    return _said(request, chosen)


@public("POST")
@embeddable
def news(request: HttpRequest) -> HttpResponse:
    """The conversation of whoever shows a token, as JSON; 304 for a tag that still holds, 404 for a token that opens nothing."""
    at, chosen = clock.now(), box()
    visitor = known(request.POST.get("token", ""), at=at)
    if visitor is None or not chosen.is_open:
        return JsonResponse({"over": True}, status=404)
    shown = _shown(visitor, chosen)
    if request.POST.get("tag", "") == shown.tag:
        return HttpResponse(status=304)
    return JsonResponse(_told(shown, chosen))


@public()
def widget(_request: HttpRequest) -> HttpResponseBase:
    """The script a website embeds; another origin's page may load it. It holds nothing of anybody."""
    found = finders.find(WIDGET) or Path(settings.STATIC_ROOT) / WIDGET
    if not Path(str(found)).is_file():
        raise Http404
    answer = HttpResponse(Path(str(found)).read_bytes(), content_type="text/javascript; charset=utf-8")
    answer["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer


def _said(request: HttpRequest, chosen: Box) -> HttpResponse:
    at, address = clock.now(), address_of_request(request)
    files = photos_of(request)
    form = ChatForm(request.POST, files=len(files))
    visitor = known(request.POST.get("token", ""), at=at)
    shown = _shown(visitor, chosen) if visitor else _nothing(chosen, at)
    if CHATTING.is_reached(address) or (visitor is None and ARRIVING.is_reached(address)):
        problem = said(
            "短时间内发得太多了，请稍后再试，或直接致电我们。",
            "Too many in a short time; try again later, or call us.",
        )
        return _refused(request, form, shown, chosen, problem, status=429)
    if not form.is_valid():
        return _refused(request, form, shown, chosen, "", status=422)
    token, sent = request.POST.get("token", ""), form.cleaned_data
    typed = Typed(
        sent["key"],
        sent["text"],
        name=sent["name"],
        order=sent["order"],
        device=sent["device"],
        files=tuple(ArrivedFile(photo.name, photo.content()) for photo in files),
    )
    CHATTING.count(address)
    lasts_for = timedelta(days=chosen.keeps_for)
    try:
        if visitor is None:
            ARRIVING.count(address)
            visitor, token = begin(typed.key, origin=sent["site"], lasts_for=lasts_for, at=at)
        renew(visitor, lasts_for=lasts_for, at=at)
        take_typed(typed, visitor, at=at)
    except DomainError as problem:
        return _refused(request, form, shown, chosen, sentence(problem), status=422)
    shown = _shown(visitor, chosen)
    if _is_asked_by_script(request):
        return JsonResponse(_told(shown, chosen) | {"token": token})
    again = ChatForm(initial={"key": fresh_key(), "token": token, "site": sent["site"]})
    return _drawn(request, again, shown, chosen)


def _shown(visitor: Visitor, chosen: Box) -> Conversation:
    """The visitor's conversation; what is on its way to their screen counts as delivered."""
    at, there = clock.now(), party(address_of(visitor))
    if there is not None:
        fetched(there, at=at)
    return conversation(there, answers_now=chosen.answers_at(at), at=at)


def _nothing(chosen: Box, at: datetime) -> Conversation:
    return conversation(None, answers_now=chosen.answers_at(at), at=at)


def _told(shown: Conversation, chosen: Box) -> dict[str, Any]:
    return {
        "tag": shown.tag,
        "away": "" if shown.answers_now else said(chosen.away_zh, chosen.away_en),
        "lines": _lines(shown),
    }


def _lines(shown: Conversation) -> list[dict[str, Any]]:
    return [
        {
            "who": one.who,
            "name": said(*WHO[one.who]),
            "text": one.text,
            "at": timezone.localtime(one.at).strftime("%m-%d %H:%M"),
            "files": [_file(file) for file in one.files],
        }
        for one in shown.lines
    ]


def _file(file: Beside) -> dict[str, Any]:
    return {
        "name": file.name,
        "size": filesizeformat(file.size),
        "picture": file.is_picture,
        "url": reverse("portal:chat-file", args=[file.link]),
    }


def _refused(
    request: HttpRequest, form: ChatForm, shown: Conversation, chosen: Box, problem: str, *, status: int
) -> HttpResponse:
    if _is_asked_by_script(request):
        words = problem or " ".join(str(error) for errors in form.errors.values() for error in errors)
        return JsonResponse({"problem": words}, status=status)
    return _drawn(request, form, shown, chosen, problem=problem, status=status)


def _drawn(
    request: HttpRequest,
    form: ChatForm,
    shown: Conversation,
    chosen: Box,
    *,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    framed = {"portal_links": {"home": reverse("portal:chat")}} if form["site"].value() else {}
    return draw(
        request,
        "chat.html",
        status=status,
        **framed,
        form=form,
        lines=_lines(shown),
        away="" if shown.answers_now else said(chosen.away_zh, chosen.away_en),
        problem=problem,
    )


def _is_asked_by_script(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "") == "application/json"


def _site(request: HttpRequest) -> str:
    """The site whose frame holds the page, as its script says; only for the record."""
    try:
        parts = urlsplit(request.GET.get("site", "")[:200])
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme in ("https", "http") and parts.netloc else ""
