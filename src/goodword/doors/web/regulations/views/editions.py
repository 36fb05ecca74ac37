"""New figures for a clause: proposed by one, decided by another (SU-8c)."""

from __future__ import annotations

from datetime import date
from urllib.parse import quote

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from goodword.base.core.errors import Invalid, NotFound
from goodword.engine.policy.actions import editions
from goodword.engine.policy.models import ClauseEdition
from goodword.engine.policy.queries import values_of

from ...access import WebRequest, page
from ...templatetags.goodword_ui import t
from ..values import values_from
from .clause import clause, known_clause


@page(right="policy.propose", methods="POST", back=clause)
def propose(request: WebRequest, clause_id: str) -> HttpResponse:
    """Propose figures with the day they are to hold from, and why."""
    known = known_clause(clause_id)
    today = timezone.localtime(request.now).date()
    values = values_from(request.POST, values_of(known.id, on=today))
    try:
        holds_from = date.fromisoformat(request.POST.get("holds_from", ""))
    except ValueError:
        raise Invalid("请选择生效日。", "Choose the day.", fields={"holds_from": "必填 / required"}) from None
    editions.propose(
        known.id,
        values=values,
        holds_from=holds_from,
        note=request.POST.get("note", "")[:2000],
        by=request.actor,
        at=request.now,
    )
    messages.success(request, t("已提出，等待另一位有权限的同事批准。", "Proposed; somebody else decides."))
    return HttpResponseRedirect(f"{reverse('web:clause', args=[known.id])}#{quote('editions')}")


@page(right="policy.approve", methods="POST", back=clause)
def decide(request: WebRequest, clause_id: str, number: int) -> HttpResponse:
    """Approve or refuse a proposal."""
    edition = ClauseEdition.objects.filter(clause_id=clause_id, number=number).first()
    if edition is None:
        raise NotFound("没有这个版本。", "There is no such edition.")
    if request.POST.get("decision") == "approve":
        editions.approve(edition, by=request.actor, at=request.now)
        messages.success(request, t("已批准。", "Approved."))
    else:
        editions.refuse(edition, by=request.actor, at=request.now)
        messages.success(request, t("未批准，提案已留存。", "Refused; the proposal is kept."))
    return HttpResponseRedirect(f"{reverse('web:clause', args=[clause_id])}#editions")
