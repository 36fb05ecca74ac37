"""A person lets a mail in, puts it away, or looks at it as it came."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from goodword.company.channels.mail.actions import deciding
from goodword.voice.cases.queries import listing

from ..access import WebRequest, page
from ..templatetags.goodword_ui import t
from . import views


@page(right="cases.receive", methods="POST", back=views.aside)
def let_in(request: WebRequest, mail_id: int) -> HttpResponse:
    """It becomes part of its conversation, or a case."""
    case_id = deciding.let_in(mail_id, by=request.actor, at=request.now)
    cases = listing.visible_to(request.actor).filter(pk=case_id) if case_id is not None else None
    number = cases.values_list("number", flat=True).first() if cases is not None else None
    messages.success(request, t("已放行。", "Let in."))
    return HttpResponseRedirect(reverse("web:case", args=[number]) if number else reverse("web:mails-aside"))


@page(right="cases.receive", methods="POST", back=views.aside)
def put_away(request: WebRequest, mail_id: int) -> HttpResponse:
    """It leaves the list and stays kept."""
    deciding.put_away(mail_id, by=request.actor, at=request.now)
    messages.success(request, t("已搁置。", "Put away."))
    return HttpResponseRedirect(reverse("web:mails-aside"))


@page(right="customers.reveal", methods="POST", back=views.mail, one_fact=False)
def raw(request: WebRequest, mail_id: int) -> HttpResponse:
    """The mail as it came, once the reason is written down. It is on this answer and nowhere else."""
    reason = request.POST.get("reason", "")
    text = deciding.open_raw(mail_id, reason=reason, by=request.actor, at=request.now)
    request.method = "GET"
    return views.mail.bare(request, mail_id=mail_id, raw=text)  # type: ignore[return-value]  # our own view
