"""Cases dispatched unattended that were drawn to be checked blind (FB-3.2c): one after the other."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from goodword.base.core.clock import local_day
from goodword.base.core.errors import Invalid
from goodword.base.core.masks import mask_text
from goodword.voice.cases.actions import checking
from goodword.voice.cases.queries import listing, watching

from ...access import WebRequest, page
from ...templatetags.goodword_ui import t
from ..forms.check import CheckForm
from ..naming import Names


@page(right="cases.triage", methods="GET POST")
def checks(request: WebRequest) -> HttpResponse:
    """The oldest one this person may check: the customer's words, the channel, and no label; `?skip=1` the one after.

    Posted, the verdict is written and the next one comes.
    """
    day = local_day(request.now)
    if request.method == "POST":
        return _check(request, CheckForm(request.POST, day=day))
    waiting = watching.to_check(request.actor)
    skipped = request.GET.get("skip", "")
    first = int(skipped) if skipped.isdecimal() and len(skipped) < 4 else 0
    case = next(iter(waiting[first : first + 1]), None)
    shown: dict[str, Any] = {"case": case, "left": waiting.count(), "next": first + 1}
    if case is not None:
        shown |= {
            "text": mask_text(f"{case.subject}\n{case.text}".strip()),
            "channel": Names(day).channel(case.channel),
            "form": CheckForm(request.typed, day=day, initial={"number": case.number}),
        }
    return render(request, "web/cases/checks.html", shown)


def _check(request: WebRequest, form: CheckForm) -> HttpResponse:
    if not form.is_valid():
        raise Invalid(
            "请把三项都选上。",
            "Choose all three.",
            fields=dict.fromkeys(form.errors, "请选择 / choose one"),
        )
    typed = form.cleaned_data
    case = listing.get(request.actor, typed.pop("number"))
    row = checking.check(case, by=request.actor, at=request.now, **typed)
    if row.verdict == "right":
        messages.success(request, t("#{n}：与系统一致。", "#{n}: as the software had it.", n=case.number))
    else:
        messages.warning(
            request,
            t(
                "#{n}：与系统不同，已按您的判断改派。",
                "#{n}: the software had it otherwise; it goes by your word.",
                n=case.number,
            ),
        )
    return HttpResponseRedirect(reverse("web:case-checks"))
