"""One clause: its words and figures, how it is bound, its editions, and how it fares, down to each obligation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from goodword.base.core.errors import NotFound
from goodword.engine.obligations.models import Obligation
from goodword.engine.obligations.queries import of_clause, outcomes
from goodword.engine.obligations.tallies import Span
from goodword.engine.policy.models import ClauseEdition
from goodword.engine.policy.queries import all_clauses, editions_of, values_of
from goodword.engine.policy.reading import read_packs
from goodword.engine.policy.revalued import clause_with
from goodword.engine.policy.schema import Clause

from ...access import WebRequest, page
from ...refusing import answered
from ...templatetags.goodword_ui import t
from ..figures import by_department, by_person, distribution, tally
from ..holding import holding
from ..period import period_of
from ..plain import amount_words, figure_words, in_plain_words, value_words
from ..scope import visible
from ..subjects import about
from ..values import Figure, changed_figures, figures_in
from .tree import KINDS, preset_links

PER_PAGE = 50
OUTCOMES = {
    "": ("全部", "All"),
    "in_time": ("按时", "In time"),
    "late": ("迟到完成", "Late"),
    "overdue": ("已逾期未完成", "Overdue"),
    "open": ("未结束", "Open"),
    "missed": ("未履行", "Missed"),
    "waived": ("豁免", "Waived"),
    "superseded": ("被替代", "Superseded"),
    "released": ("不再需要", "Released"),
}


@page(right="policy.see")
def clause(request: WebRequest, clause_id: str, **_of_the_form_refused: int) -> HttpResponse:
    """The clause's page. `?from=&to=` the period, `?outcome=late` the list behind a figure, `?history=1` the ledger's."""
    known = known_clause(clause_id)
    today = timezone.localtime(request.now).date()
    values = values_of(known.id, on=today)
    shown: dict[str, Any] = {
        "clause": known,
        "pack": next(pack for pack in read_packs() if known in pack.clauses),
        "kind": t(*KINDS[known.kind]),
        "figures": [
            {"figure": figure, "label": figure_words(figure), "value": value_words(figure)}
            for figure in figures_in(values)
        ],
        "editions": [_with_changes(edition, values) for edition in editions_of(known.id)],
        "fields": [_field(figure, request) for figure in figures_in(values)],
        "may_propose": request.actor.has("policy.propose") and values,
        "may_decide": request.actor.has("policy.approve"),
        "today": today,
        "typed": request.typed,
        **holding(known, request),
    }
    if known.binding is not None:
        binding = clause_with(known.id, values).binding
        shown |= {"plain": in_plain_words(binding) if binding else [], **_compliance(request, known)}
    return render(request, "web/regulations/clause.html", shown)


def _with_changes(edition: ClauseEdition, values: Mapping[str, Any]) -> dict[str, Any]:
    """The edition as its template reads it; a proposal with what it would change."""
    columns = ("number", "state", "holds_from", "note", "proposed_by", "decided_by")
    shown = {name: getattr(edition, name) for name in columns}
    return {
        **shown,
        "changes": changed_figures(values, edition.values) if edition.state == "proposed" else [],
    }


def _field(figure: Figure, request: WebRequest) -> dict[str, Any]:
    """The figure as a form field, with what was typed and what was wrong with it."""
    typed = request.typed.get(figure.name) if request.typed else None
    wrong = answered(request.refused).fields if request.refused else {}
    shown = figure.shown if typed is None else typed
    return {
        "name": figure.name,
        "label": figure_words(figure),
        "shown": shown,
        "rows": figure.rows,
        "error": wrong.get(figure.name, ""),
    }


def known_clause(clause_id: str) -> Clause:
    """The clause with this id. Raises NotFound."""
    found = all_clauses().get(clause_id)
    if found is None:
        raise NotFound("没有这条条款。", "There is no such clause.")
    return found


def _compliance(request: WebRequest, known: Clause) -> dict[str, Any]:
    period, now = period_of(request.GET, now=request.now), request.now
    is_history = request.GET.get("history") == "1"
    rows = of_clause(known.id, started_from=period.started_from, started_to=period.started_to)
    rows = rows.filter(history=is_history)
    scope = visible(request.actor)
    span = Span(period.started_from, period.started_to)
    counted = tally(known.id, span, history=is_history, now=now)
    return {
        "period": period,
        "presets": preset_links(period, request),
        "is_history": is_history,
        "tally": counted,
        "share": "—" if counted.share is None else f"{counted.share:.1%}",
        "bars": distribution(rows),
        "departments": by_department(known.id, span, scope, history=is_history, now=now),
        "people": by_person(known.id, span, scope, history=is_history, now=now),
        **_list(request, rows.filter(scope)),
    }


def _list(request: WebRequest, seen: Any) -> dict[str, Any]:
    outcome = request.GET.get("outcome", "")
    wanted = outcomes(request.now).get(outcome)
    seen = seen if wanted is None else seen.filter(wanted)
    after = _place(request.GET.get("after", ""))
    if after is not None:
        seen = seen.filter(
            Q(started_at__lt=after.started_at) | Q(started_at=after.started_at, pk__lt=after.pk),
            started_at__lte=after.started_at,
        )
    found: list[Obligation] = list(seen.order_by("-started_at", "-pk")[: PER_PAGE + 1])
    rows = found[:PER_PAGE]
    named = about(rows)
    return {
        "further": _further(request, rows[-1]) if len(found) > PER_PAGE else "",
        "rows": [
            {
                "row": row,
                "about": named[row.subject_type, row.subject_id],
                "allowed": amount_words(row.amount, row.unit),
            }
            for row in rows
        ],
        "outcome": outcome if outcome in OUTCOMES else "",
        "outcomes": [(code, t(*names)) for code, names in OUTCOMES.items()],
    }


def _place(key: str) -> Obligation | None:
    """The duty after which the page begins; None for the first page."""
    try:
        return Obligation.objects.filter(pk=UUID(key)).only("started_at").first()
    except ValueError:
        return None


def _further(request: WebRequest, last: Obligation) -> str:
    """The address of the page after `last`, with everything else as it is."""
    query = request.GET.copy()
    query.pop("page", None)
    query["after"] = str(last.pk)
    return f"?{query.urlencode()}#list"
