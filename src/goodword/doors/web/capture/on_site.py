"""The page for the phone of delivery staff and return inspectors: it opens off line, and what is taken down waits there."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from secrets import token_urlsafe
from typing import Any

from django.contrib import messages
from django.contrib.staticfiles import finders
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from goodword.base.core.clock import of_this_age
from goodword.base.core.errors import DomainError, Invalid
from goodword.company.channels.correspondence.arriving import ArrivedFile
from goodword.voice.cases.models import Case
from goodword.wiring.capturing import OnSite, questions, take_on_site

from ..access import WebRequest, page
from ..templatetags.goodword_ui import is_english, t, typed

MOST_PHOTOS = 6
_KEY = re.compile(r"[\w-]{16,80}", re.ASCII)
NAMES = {
    "delivery": ("上门交付", "Delivery"),
    "return_desk": ("退租验收", "Return"),
    "store_box": ("门店意见箱", "Store box"),
}


@page(methods="GET POST", one_fact=False)
def capture(request: WebRequest) -> HttpResponse:
    """GET: the page, which names nobody. POST: one entry, once by its key; JSON for the page's script."""
    if request.method != "POST":
        return render(request, "web/capture/page.html", _frame(request))
    by_script = request.headers.get("Accept") == "application/json"
    try:
        number = _taken(request)
    except DomainError as refused:
        if not by_script:
            raise
        status = 422 if isinstance(refused, Invalid) else 409
        return JsonResponse({"problem": refused.sentence("en" if is_english() else "zh")}, status=status)
    if by_script:
        return JsonResponse({"case": number})
    messages.success(request, t("已记为 #{n}，谢谢。", "Noted as #{n}, thank you.", n=number))
    return HttpResponseRedirect(reverse("web:capture"))


@page()
def worker(_request: WebRequest) -> HttpResponse:
    """The script that opens the page off line."""
    found = finders.find("goodword/dist/capture-worker.js")
    if not found:
        raise Http404
    return HttpResponse(Path(str(found)).read_bytes(), content_type="text/javascript; charset=utf-8")


def _taken(request: WebRequest) -> int:
    sent = request.POST
    if sent.get("me") and sent["me"] != str(request.user.pk):
        raise DomainError(
            "这一条是另一位同事记的，请由本人登录后发送。",
            "Another colleague took this down; they have to log in to send it.",
        )
    channel = sent.get("channel", "")
    asked = questions(at=request.now).get(channel, [])
    photos = [
        file for file in request.FILES.getlist("photos") if isinstance(file, UploadedFile) and file.size
    ]
    taken = take_on_site(
        OnSite(
            key=sent["key"] if _KEY.fullmatch(sent.get("key", "")) else token_urlsafe(24),
            channel=channel,
            what=sent.get("what", "")[:600],
            answers={one["code"]: sent.get(f"{channel}-{one['code']}", "")[:4000] for one in asked},
            said_at=_moment(sent.get("said_at", ""), request.now),
            files=tuple(
                ArrivedFile((file.name or "photo")[:120], file.read()) for file in photos[:MOST_PHOTOS]
            ),
        ),
        by=request.actor,
        at=request.now,
    )
    assert taken.case_id is not None  # nothing of these channels is held apart
    return Case.objects.values_list("number", flat=True).get(pk=taken.case_id)


def _moment(text: str, now: datetime) -> datetime:
    """When it was taken down, by the device; now for what is no moment, or lies ahead."""
    try:
        found = datetime.fromisoformat(text)
        return min(found, now) if found.tzinfo and of_this_age(found) else now
    except (ValueError, OverflowError):
        return now


def _frame(request: WebRequest) -> dict[str, Any]:
    """The channels with their questions, in the page's language."""
    kinds = [
        {
            "code": code,
            "name": t(*NAMES.get(code, (code, code))),
            "asked": [
                {
                    "name": f"{code}-{one['code']}",
                    "label": typed(one["zh"], one["en"]),
                    "choices": [(c["code"], typed(c["zh"], c["en"])) for c in one.get("choices", ())],
                    "needed": number == 0,
                }
                for number, one in enumerate(asked)
            ],
        }
        for code, asked in questions(at=request.now).items()
    ]
    return {"kinds": kinds, "most": MOST_PHOTOS}
