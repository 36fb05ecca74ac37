"""`/cases/bulk/`: choose an act for many cases, see what it would do, do it, read what became of each."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from goodword.base.core import clock, ids
from goodword.base.core.errors import Invalid
from goodword.base.core.idempotency import digest_of
from goodword.voice.cases import bulk as together
from goodword.voice.cases.models import BulkRun
from goodword.voice.cases.queries import listing

from ... import once
from ...access import WebRequest, page
from ..ability import Ability
from ..forms.base import CaseForm
from ..lists.filtering import MOST_DIGITS
from ..naming import Names
from ..views import acceptance
from . import acts, outcomes, showing
from .choosing import Chosen, chosen, how_many

TRIED_AT_ONCE = 15
"""Cases whose act is tried out for one page of the preview, at up to 20 ms each; the next ones are a button away."""
WORKED_FOR = timedelta(seconds=2)
"""So long one request goes on doing: what is left by then is done by the next, and the page says how far it is."""


@page(right="cases.see", methods="GET POST", one_fact=False)
def bulk(request: WebRequest) -> HttpResponse:
    """GET: what this person did to many cases lately. POST: the act's form, then, filled in, what it would do to each.

    Nothing is written: each act is tried out and taken back.
    """
    asked = request.typed if request.typed is not None else request.POST
    picked = chosen(request, asked)
    if not picked.cases:
        return render(
            request, "web/cases/bulk/start.html", {"runs": outcomes.lately(request), "asked": bool(asked)}
        )
    offered = acts.offered(request.actor)
    ability = _ability(request, asked.get("action", ""))
    context: dict[str, Any] = {
        "picked": picked,
        "acts": [(one, key, one is ability) for one, key in offered],
        "filter": asked.get("filter", ""),
        "chosen": ability,
    }
    if ability is not None:
        context |= _form_or_preview(request, asked, ability, picked)
    return render(request, "web/cases/bulk/plan.html", context)


@page(right="cases.see", methods="POST", back=bulk, one_fact=False)
def do(request: WebRequest) -> HttpResponse:
    """Do it, case by case, and lead to what became of each. Sent again, it does what is left and nothing twice."""
    key = _key(request)
    run = BulkRun.objects.filter(by_id=request.actor.account_id, once=key).first()
    if run is None or run.ended_at is None:
        ability, picked = _ability(request, request.POST.get("action", "")), chosen(request, request.POST)
        if ability is None or not picked.cases:
            raise Invalid("请选择工单和要做的事。", "Choose cases and what to do.")
        act = acts.act_of(
            ability, _valid(acts.form_of(ability, request, picked.cases[0], typed=request.POST))
        )
        run = together.begin(picked.cases, act=ability.name, once=key, by=request.actor, at=request.now)
        until = clock.now() + WORKED_FOR
        if not together.carry_on(run, act, by=request.actor, now=clock.now, until=until):
            counted = outcomes.counted().get(pk=run.pk)
            going = render(
                request,
                "web/cases/bulk/going.html",
                {"run": counted, "all": len(picked.cases), "sent": _sent(request)},
            )
            going["HX-Push-Url"] = "false"  # its address answers no GET
            return going
    asked = request.POST.get("filter", "")
    url = reverse("web:bulk-run", args=[run.pk])
    return HttpResponseRedirect(f"{url}?{asked}" if asked else url)


@page(right=acceptance.ABILITY.right, methods="POST")
def row(request: WebRequest, number: int) -> HttpResponse:
    """Accept what the reader proposes for one row of the list, and draw that row as done."""
    case = listing.get(request.actor, number)
    acceptance.ABILITY.act(case, {}, by=request.actor, at=request.now)
    names = Names(timezone.localtime(request.now).date())
    became = together.became_of(case)
    state, *whose = showing.changes(showing.NOWHERE, became, showing.People([became]))
    labels = [names.of(name, getattr(case, name)) for name in ("kind", "severity", "content")]
    context = {"case": case, "state": state, "words": labels, "whose": whose}
    return render(request, "web/cases/bulk/row.html", context)


@page(right="cases.see")
def reach(request: WebRequest) -> HttpResponse:
    """The line of the list that offers all that its filter leaves. The query string is the list's own."""
    most, found = settings.GOODWORD_BULK_MOST, how_many(request, request.GET)
    context = {
        "found": min(found, most),
        "most": most,
        "is_more": found > most,
        "oldest": request.GET.get("sort") == "oldest",
    }
    return render(request, "web/cases/bulk/reach.html", context)


def _ability(request: WebRequest, name: str) -> Ability | None:
    return next((one for one, _ in acts.offered(request.actor) if one.name == name), None)


def _form_or_preview(
    request: WebRequest, asked: QueryDict, ability: Ability, picked: Chosen
) -> dict[str, Any]:
    """The form; once it is filled in (or asks for nothing), also what the act would do to the first cases."""
    specimen = picked.cases[0]
    blank = acts.form_of(ability, request, specimen)
    if "choose" in asked and blank.fields:
        return {"form": blank}
    form = acts.form_of(ability, request, specimen, typed=asked)
    if request.typed is not None:
        return {"form": form}
    return {"form": form, **_preview(request, asked, ability, picked, _valid(form))}


def _preview(
    request: WebRequest, asked: QueryDict, ability: Ability, picked: Chosen, form: CaseForm
) -> dict[str, Any]:
    sent = asked.get("start", "")
    start = int(sent) if sent.isdecimal() and len(sent) <= MOST_DIGITS else 0
    some = picked.cases[start : start + TRIED_AT_ONCE]
    act = acts.act_of(ability, form)
    trials = [together.try_out(case.number, act, by=request.actor, at=request.now) for case in some]
    names = Names(timezone.localtime(request.now).date()) if ability is acceptance.ABILITY else None
    rows = showing.tried_rows(some, trials, labels=names)
    return {
        "rows": rows,
        "typed": acts.typed_into(form),
        "ready": sum(1 for row in rows if row.refused is None),
        "refused": sum(1 for row in rows if row.refused is not None),
        "warned": any(row.warned for row in rows),
        "from": start + 1,
        "to": start + len(some),
        "start": start,
        "next": start + TRIED_AT_ONCE if start + TRIED_AT_ONCE < len(picked.cases) else None,
        "previous": max(0, start - TRIED_AT_ONCE) if start else None,
        "untried": len(picked.cases) - len(some),
    }


def _valid(form: CaseForm) -> CaseForm:
    if not form.is_valid():
        raise Invalid("有些内容不完整或有误，请看表单。", "Something is missing or wrong; see the form.")
    return form


def _key(request: WebRequest) -> str:
    """The form's own key and what was typed: the same page sent with other words is another run (as in `once.py`)."""
    key = request.POST.get(once.FIELD, "").replace("\x00", "")[:80] or ids.public_token()
    typed = {name: request.POST.getlist(name) for name in request.POST if name not in once.NOT_COMPARED}
    return f"{key}:{digest_of(typed)[:32]}"


def _sent(request: WebRequest) -> list[tuple[str, str]]:
    """The form as it was sent, to send it again."""
    sent = [(name, value) for name in request.POST for value in request.POST.getlist(name)]
    return [(name, value) for name, value in sent if name != "csrfmiddlewaretoken"]
