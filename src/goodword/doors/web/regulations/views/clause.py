"""One clause: its words and figures, how it is bound, its editions, and how it fares, down to each obligation."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from goodword.base.core.errors import NotFound
from goodword.engine.obligations.queries import of_clause
from goodword.engine.obligations.tallies import Span
from goodword.engine.policy.queries import all_clauses, values_of
from goodword.engine.policy.reading import read_packs
from goodword.engine.policy.revalued import clause_with
from goodword.engine.policy.schema import Clause
from goodword.voice.cases.queries.proportions import wilson

from ...access import WebRequest, page
from ...templatetags.goodword_ui import t
from .. import listing
from ..bands import band_of, bands
from ..distribution import distribution
from ..edition_panel import shown_editions
from ..figures import Fared, by_department, by_person, fared
from ..holding import holding
from ..kinds import KINDS
from ..period import Period, period_of
from ..plain import figure_words, in_plain_words, value_words
from ..scope import scope_of
from ..shares import kept_words, share_words
from ..trend import MONTH, WEEK, Course, course
from ..values import figures_in, shaped
from .answering import answered
from .tabs import preset_links


@page(right="policy.see")
def clause(request: WebRequest, clause_id: str, **_of_the_form_refused: int) -> HttpResponse:
    """The clause's page. `?from=&to=` the period, `?outcome=late&department=&person=` the list behind a figure,
    `?by=month` the trend's steps, `?history=1` the ledger's."""
    known = known_clause(clause_id)
    today = timezone.localtime(request.now).date()
    values = values_of(known.id, on=today)
    shown: dict[str, Any] = {
        "clause": known,
        "pack": next(pack for pack in read_packs() if known in pack.clauses),
        "kind": t(*KINDS[known.kind]),
        "figures": [
            {"figure": figure, "label": figure_words(figure), "value": value_words(figure)}
            for figure in figures_in(shaped(values, known.values))
        ],
        **shown_editions(known, request),
        **holding(known, request),
        **answered(known, request),
    }
    if known.binding is not None:
        binding = clause_with(known.id, values).binding
        shown |= {"plain": in_plain_words(binding) if binding else [], **_compliance(request, known)}
    return render(request, "web/regulations/clause.html", shown)


def known_clause(clause_id: str) -> Clause:
    """The clause with this id. Raises NotFound."""
    found = all_clauses().get(clause_id)
    if found is None:
        raise NotFound("没有这条条款。", "There is no such clause.")
    return found


def _compliance(request: WebRequest, known: Clause) -> dict[str, Any]:
    period, now = period_of(request.GET, now=request.now), request.now
    is_history = request.GET.get("history") == "1"
    span = Span(period.started_from, period.started_to)
    found = fared(known.id, span, scope_of(request.actor), history=is_history, now=now)
    whole = found.whole
    kept = {**period.query(), **({"history": "1"} if is_history else {})}
    rows = of_clause(known.id, started_from=period.started_from, started_to=period.started_to)
    rows = rows.filter(history=is_history)
    return {
        "period": period,
        "presets": preset_links(period, request),
        "is_history": is_history,
        "tally": whole,
        "share": kept_words(whole.share),
        "interval": share_words(whole.share, *wilson(whole.in_time, whole.decided)),
        "band": band_of(whole.share, bands(on=timezone.localtime(now).date())),
        "distribution": distribution(rows),
        **_course(request, known, period, is_history=is_history),
        "departments": by_department(found, kept),
        "people": by_person(found, kept),
        **_list(request, found, rows, kept),
    }


def _course(request: WebRequest, known: Clause, period: Period, *, is_history: bool) -> dict[str, Any]:
    shown: Course = course(known.id, period, request.GET.get("by", ""), history=is_history, now=request.now)
    query = request.GET.copy()
    cuts = []
    for cut, names in ((WEEK, ("按周", "By week")), (MONTH, ("按月", "By month"))):
        query["by"] = cut
        cuts.append({"url": f"?{query.urlencode()}#trend", "label": t(*names), "current": cut == shown.by})
    home = reverse("web:clause", args=[known.id])
    history = "&history=1" if is_history else ""
    lines = []
    for one in shown.stretches:
        days = one.period.query()
        lines.append({"one": one, "url": f"{home}?from={days['from']}&to={days['to']}{history}#figures"})
    return {"course": shown, "cuts": cuts, "lines": lines}


def _list(request: WebRequest, found: Fared, rows: Any, kept: dict[str, str]) -> dict[str, Any]:
    """The list behind the figures: as many as the figure says, as far as one may look at each."""
    choice = listing.choice_of(request.GET, found)
    count = choice.count(found)
    seen = rows.filter(found.scope.where)
    after = listing.place(request.GET.get("after", ""))
    listed = listing.listed(seen, choice, now=request.now, after=after) if count else []
    shown = listed[: listing.PER_PAGE]
    more = len(listed) > listing.PER_PAGE
    return {
        "rows": listing.drawn(shown),
        "outcome": choice.outcome,
        "outcomes": listing.options(choice, found),
        "choice": choice,
        "count": count,
        "everybodys": listing.figure_of(found.whole, choice.outcome),
        "whose": listing.whose(choice),
        "whole_list": f"?{listing.kept(listing.Choice(choice.outcome), **kept)}#list",
        "further": f"?{listing.kept(choice, **kept, after=str(shown[-1].pk))}#list" if more else "",
    }
