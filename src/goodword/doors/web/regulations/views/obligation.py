"""One obligation: why its due time is what it is, and the entries that started, warned, escalated and met it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from goodword.base.core.errors import NotFound
from goodword.base.people.models import Department
from goodword.base.worktime import queries as calendars
from goodword.engine.journal.models import Entry
from goodword.engine.obligations.actions.waiving import waive as waive_obligation
from goodword.engine.obligations.explaining import why
from goodword.engine.obligations.models import Obligation
from goodword.engine.obligations.rows import value_of
from goodword.engine.policy.queries import all_clauses

from ...access import WebRequest, page
from ...templatetags.goodword_ui import t, tr
from ..plain import amount_words, kind_words, role_words
from ..scope import visible
from ..subjects import about

DRAWN = {
    "obligation.warned": ("warned", "bell"),
    "obligation.breached": ("late", "alert-circle"),
    "obligation.escalated": ("late", "trending-up"),
    "obligation.missed": ("late", "circle-x"),
    "obligation.waived": ("note", "shield-check"),
    "obligation.recomputed": ("entry", "refresh"),
}


@page(right="policy.see")
def obligation(request: WebRequest, obligation_id: UUID) -> HttpResponse:
    """The obligation's page."""
    row = visible_one(request, obligation_id)
    known = all_clauses()[row.clause_id]
    calendar = calendars.version(row.calendar_version)
    steps = why(value_of(row), calendar, zone=timezone.get_current_timezone())
    home = Department.objects.filter(code=row.bearer_department).first()
    shown: dict[str, Any] = {
        "row": row,
        "clause": known,
        "about": about([row])[row.subject_type, row.subject_id],
        "steps": [tr(zh, en) for zh, en in steps],
        "allowed": amount_words(row.amount, row.unit),
        "state": t(*STATES[row.state]),
        "bearer": row.bearer_account.person.name if row.bearer_account else role_words(row.bearer_role),
        "department": tr(home.name_zh, home.name_en) if home else "",
        "entries": _entries(row),
        "waiver": getattr(row, "waiver", None),
        "may_waive": row.state == "open" and request.actor.has("cases.waive"),
        "typed": request.typed,
    }
    return render(request, "web/regulations/obligation.html", shown)


STATES = {
    "open": ("进行中", "open"),
    "met": ("已履行", "met"),
    "missed": ("未履行", "missed"),
    "waived": ("已豁免", "waived"),
    "superseded": ("已被替代", "superseded"),
    "released": ("不再需要", "released"),
}


@page(right="cases.waive", methods="POST", back=obligation)
def waive(request: WebRequest, obligation_id: UUID) -> HttpResponse:
    """A supervisor waives it, with a reason."""
    row = visible_one(request, obligation_id)
    waive_obligation(row, by=request.actor, at=request.now, reason=request.POST.get("reason", "")[:2000])
    messages.success(request, t("已豁免，理由已记录。", "Waived; the reason is kept."))
    return HttpResponseRedirect(reverse("web:obligation", args=[row.pk]))


def visible_one(request: WebRequest, obligation_id: UUID) -> Obligation:
    """The obligation, where this person may look at it. Raises NotFound, the same for one that is not there."""
    rows = Obligation.objects.select_related(
        "bearer_account__person", "started_by", "ended_by", "waiver__by__person"
    )
    found = rows.filter(visible(request.actor), pk=obligation_id).first()
    if found is None:
        raise NotFound
    return found


def _entries(row: Obligation) -> list[dict[str, Any]]:
    """What started it, what time did to it, what ended it; in order."""
    alarms = Entry.objects.filter(
        subject_type=row.subject_type, subject_id=row.subject_id, facts__obligation=str(row.pk)
    )
    own = [pk for pk in (row.started_by_id, row.ended_by_id) if pk is not None]
    ids = {*own, *alarms.values_list("pk", flat=True)}
    found = Entry.objects.filter(pk__in=ids).select_related("by__person").order_by("number")
    return [_drawn(entry, row) for entry in found]


def _drawn(entry: Entry, row: Obligation) -> dict[str, Any]:
    kind, icon = DRAWN.get(entry.kind, ("entry", "point"))
    meta = ""
    if entry.pk == row.started_by_id:
        icon, meta = "player-play", t("由此开始", "started it")
    elif entry.pk == row.ended_by_id and entry.kind not in DRAWN:
        kind, icon = "done", "check"
        meta = t("由此履行", "met it") if row.state == "met" else t("由此结束", "ended it")
    elif entry.facts.get("to"):
        meta = f"→ {role_words(str(entry.facts['to']))}"
    return {
        "title": kind_words(entry.kind),
        "kind": kind,
        "icon": icon,
        "meta": meta,
        "at": entry.at,
        "number": entry.number,
        "by": entry.by.person.name if entry.by else t("系统", "system"),
    }
