"""New figures for a clause: proposed by one, looked at, decided by another or withdrawn (SU-8c)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from goodword.base.core.errors import Invalid, NotFound
from goodword.engine.policy.actions import editions
from goodword.engine.policy.models import ClauseEdition
from goodword.engine.policy.queries import editions_of, values_of

from ...access import WebRequest, page
from ...once import NOT_COMPARED
from ...templatetags.goodword_ui import t
from ..edition_panel import changes, figures_before, shown_edition
from ..figure_inputs import read
from ..impact import impact
from .clause import clause, known_clause


@page(right="policy.see")
def edition(request: WebRequest, clause_id: str, number: int) -> HttpResponse:
    """One edition: what it changes, what that touches, and whoever may decides."""
    known = known_clause(clause_id)
    among = editions_of(known.id)
    found = _edition(among, number)
    is_open = found.state == "proposed"
    is_own = found.proposed_by_id is not None and found.proposed_by_id == request.actor.account_id
    is_to_come = found.holds_from > timezone.localtime(request.now).date()
    before = figures_before(found, among, known)
    shown: dict[str, Any] = {
        "clause": known,
        **shown_edition(found, among, known),
        "is_open": is_open,
        "is_own": is_own,
        "may_withdraw": is_open and is_own and request.actor.has("policy.propose"),
        "may_decide": is_open and not is_own and request.actor.has("policy.approve"),
        "impact": impact(known, before, found.values, now=request.now)
        if is_open or (found.state == "approved" and is_to_come)
        else None,
    }
    return render(request, "web/regulations/edition.html", shown)


@page(right="policy.propose", methods="POST", back=clause, one_fact=False)
def look(request: WebRequest, clause_id: str) -> HttpResponse:
    """What the figures typed would touch, before they are proposed: below the form, or without script as a page."""
    known = known_clause(clause_id)
    today = timezone.localtime(request.now).date()
    before = values_of(known.id, on=today)
    after = read(known, before, request.POST)
    editions.require_fit(known.id, after)
    sent = [(name, value) for name in request.POST for value in request.POST.getlist(name)]
    shown = {
        "clause": known,
        "changes": changes(before, after, known),
        "impact": impact(known, before, after, now=request.now),
        "holds_from": _day(request.POST.get("holds_from", "")) or today,
        "typed": [(name, value) for name, value in sent if name not in NOT_COMPARED],
    }
    below = bool(request.headers.get("HX-Request")) and not request.headers.get("HX-Boosted")
    return render(request, f"web/regulations/{'look' if below else 'look_page'}.html", shown)


@page(right="policy.propose", methods="POST", back=clause)
def propose(request: WebRequest, clause_id: str) -> HttpResponse:
    """Propose figures with the day they are to hold from, and why."""
    known = known_clause(clause_id)
    today = timezone.localtime(request.now).date()
    values = read(known, values_of(known.id, on=today), request.POST)
    holds_from = _day(request.POST.get("holds_from", ""))
    if holds_from is None:
        raise Invalid("请选择生效日。", "Choose the day.", fields={"holds_from": "必填 / required"})
    made = editions.propose(
        known.id,
        values=values,
        holds_from=holds_from,
        note=request.POST.get("note", "").replace("\x00", "")[:2000],
        by=request.actor,
        at=request.now,
    )
    messages.success(
        request,
        t(
            "已提出，等待另一位有权限的同事批准。下面是它会影响什么。",
            "Proposed; somebody else decides. Below is what it would touch.",
        ),
    )
    return HttpResponseRedirect(reverse("web:edition", args=[known.id, made.number]))


@page(right="policy.approve", methods="POST", back=edition)
def decide(request: WebRequest, clause_id: str, number: int) -> HttpResponse:
    """Approve or refuse a proposal."""
    found = _edition(editions_of(clause_id), number)
    if request.POST.get("decision") == "approve":
        editions.approve(found, by=request.actor, at=request.now)
        messages.success(
            request,
            t(
                "已批准，自 {day} 起生效。",
                "Approved; it holds from {day}.",
                day=found.holds_from.isoformat(),
            ),
        )
    else:
        editions.refuse(found, by=request.actor, at=request.now)
        messages.success(request, t("未批准，提案已留存。", "Refused; the proposal is kept."))
    return HttpResponseRedirect(reverse("web:edition", args=[clause_id, number]))


@page(right="policy.propose", methods="POST", back=edition)
def withdraw(request: WebRequest, clause_id: str, number: int) -> HttpResponse:
    """Take one's own proposal back."""
    editions.withdraw(_edition(editions_of(clause_id), number), by=request.actor, at=request.now)
    messages.success(request, t("已撤回，提案已留存。", "Withdrawn; the proposal is kept."))
    return HttpResponseRedirect(reverse("web:edition", args=[clause_id, number]))


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None


def _edition(among: list[ClauseEdition], number: int) -> ClauseEdition:
    """The edition with this number, which may be larger than any a database takes. Raises NotFound."""
    found = next((one for one in among if one.number == number), None)
    if found is None:
        raise NotFound("没有这个版本。", "There is no such edition.")
    return found
