"""A shop's chat: pasted, understood as far as it goes, and a case of it: one page, by keyboard alone."""

from __future__ import annotations

from secrets import token_urlsafe

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from goodword.base.core.errors import Invalid
from goodword.company.channels.shop.reading import buyer_of, read
from goodword.voice.cases.models import Case
from goodword.voice.cases.queries import listing
from goodword.wiring.capturing import Transcript, take_transcript

from ..access import WebRequest, page
from ..templatetags.goodword_ui import t
from .forms import LONGEST, ShopForm

SHOWN = 12


@page(right="cases.receive", methods="GET POST")
def shop(request: WebRequest) -> HttpResponse:
    """The form; posted, the case, or the buyer's open one with the words on it."""
    if request.method == "POST":
        form = ShopForm(request.POST)
        if not form.is_valid():
            raise Invalid("有些内容不完整或有误，请看表单。", "Something is missing or wrong; see the form.")
        return _taken(request, form)
    form = ShopForm(request.typed, initial={"key": token_urlsafe(24)})
    home = request.build_absolute_uri(reverse("web:capture-shop"))
    bookmark = f"javascript:(()=>{{open('{home}#'+encodeURIComponent(String(getSelection())))}})()"
    return render(request, "web/capture/shop.html", {"form": form, "bookmark": bookmark})


@page(right="cases.receive", methods="POST", one_fact=False)
def understood(request: WebRequest) -> HttpResponse:
    """What the words are read as, while they are pasted; nothing is kept."""
    text = request.POST.get("text", "")[:LONGEST]
    lines = read(text)
    context = {
        "lines": lines[:SHOWN],
        "more": max(len(lines) - SHOWN, 0),
        "buyer": request.POST.get("buyer", "")[:60] or buyer_of(lines, request.POST.get("shop", "")[:60]),
    }
    return render(request, "web/capture/understood.html", context)


def _taken(request: WebRequest, form: ShopForm) -> HttpResponse:
    typed = form.cleaned_data
    buyer = typed["buyer"].strip() or buyer_of(read(typed["text"]), typed["shop"])
    pasted = Transcript(
        typed["key"] or token_urlsafe(24),
        typed["shop"].strip(),
        buyer[:60],
        typed["order"].strip(),
        typed["text"],
    )
    taken = take_transcript(pasted, by=request.actor, at=request.now)
    assert taken.case_id is not None  # nothing of this channel is held apart
    case = Case.objects.get(pk=taken.case_id)
    messages.success(
        request,
        t("已记为 #{n}。", "Noted as #{n}.", n=case.number)
        if taken.is_new_case
        else t("已接到 #{n} 上。", "Added to #{n}.", n=case.number),
    )
    seen = listing.visible_to(request.actor).filter(pk=case.pk).exists()
    return HttpResponseRedirect(
        reverse("web:case", args=[case.number]) if seen else reverse("web:capture-shop")
    )
