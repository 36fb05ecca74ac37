"""Mailboxes: which there are and how they fare, each with its form and the button that tries it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from goodword.company.channels.mail.health import light
from goodword.company.channels.mail.models import Mailbox
from goodword.company.channels.mail.queries import mailboxes as all_mailboxes
from goodword.company.channels.mail.settings import rules
from goodword.company.channels.mail.trying import try_out
from goodword.wiring.administration import mailboxes as administration
from goodword.wiring.administration.company import company_name

from ..access import WebRequest, page
from ..templatetags.goodword_ui import is_english, t
from .common import checked, draw, typed_for
from .forms.mailboxes import MailboxForm, MailRulesForm

LIGHTS = {
    "closed": ("neutral", "停用", "Not in use"),
    "out_only": ("info", "只发信", "Sends only"),
    "waiting": ("info", "等待第一次收信", "Not looked into yet"),
    "failing": ("bad", "收不到信", "Fails"),
    "shaky": ("warn", "刚才出过错，正在重试", "Failed just now, tried again"),
    "stale": ("warn", "15 分钟没有收信了，请检查后台", "Not looked into for 15 minutes: see whether a worker runs"),
    "good": ("good", "正常", "Well"),
}  # fmt: skip


@page(right="settings.edit", methods="GET POST")
def mailboxes(request: WebRequest) -> HttpResponse:
    """All mailboxes; posted, the rules for mails."""
    if request.method == "POST":
        form = MailRulesForm(request.POST)
        checked(form)
        administration.set_rules(form.rules(), by=request.actor, at=request.now)
        messages.success(request, t("已保存。", "Saved."))
        return HttpResponseRedirect(reverse("web:settings-mailboxes"))
    chosen = rules()
    initial = {"domains": "\n".join(chosen.domains), "most_an_hour": chosen.most_an_hour}
    return draw(
        request,
        "settings-mailboxes",
        "mailboxes.html",
        lines=[_line(box, request) for box in all_mailboxes()],
        form=MailRulesForm(typed_for(request, "rules"), initial=initial),
    )


@page(right="settings.edit", methods="GET POST")
def new_mailbox(request: WebRequest) -> HttpResponse:
    """A form for a mailbox more."""
    if request.method == "POST":
        form = MailboxForm.of(None, request.POST)
        checked(form)
        box = administration.add_mailbox(form.facts(), form.secrets(), by=request.actor, at=request.now)
        messages.success(request, t("已添加。请点“测试连接”。", "Added. Press “Test the connection”."))
        return HttpResponseRedirect(reverse("web:settings-mailbox", args=[box.pk]))
    company = company_name().said(english=is_english())
    form = MailboxForm.of(None, typed_for(request, "mailbox"), company=company)
    return draw(request, "settings-mailboxes", "mailbox.html", form=form)


@page(right="settings.edit", methods="GET POST")
def mailbox(request: WebRequest, box_id: int, tried: Any = None) -> HttpResponse:
    """One mailbox: how it fares, and its form."""
    box = administration.known(box_id)
    if request.method == "POST":
        form = MailboxForm.of(box, request.POST)
        checked(form)
        administration.change_mailbox(box.pk, form.facts(), form.secrets(), by=request.actor, at=request.now)
        messages.success(request, t("已保存。", "Saved."))
        return HttpResponseRedirect(reverse("web:settings-mailbox", args=[box.pk]))
    form = MailboxForm.of(box, typed_for(request, "mailbox"))
    return draw(
        request,
        "settings-mailboxes",
        "mailbox.html",
        form=form,
        tried=tried,
        **_line(box, request),
    )


@page(right="settings.edit", methods="POST", back=mailbox, one_fact=False)
def try_mailbox(request: WebRequest, box_id: int) -> HttpResponse:
    """Log in both ways; what came of it is on the answer. Nothing is taken, nothing sent."""
    tried = try_out(administration.known(box_id))
    request.method = "GET"
    answer = mailbox.bare(request, box_id=box_id, tried=tried)
    assert isinstance(answer, HttpResponse)
    return answer


def _line(box: Mailbox, request: WebRequest) -> dict[str, Any]:
    tone, zh, en = LIGHTS[light(box, at=request.now)]
    return {"box": box, "tone": tone, "said": t(zh, en)}
