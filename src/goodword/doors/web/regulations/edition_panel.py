"""The editions of a clause as its page shows them: what was, what is proposed, the form for new figures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from goodword.engine.policy.models import ClauseEdition
from goodword.engine.policy.queries import editions_of, values_of
from goodword.engine.policy.schema import Clause

from ..access import WebRequest
from ..refusing import answered
from .plain import figure_words
from .values import Figure, changed_figures, figures_in


def shown_editions(known: Clause, request: WebRequest) -> dict[str, Any]:
    """What the panel of editions shows, its form with what was typed and what was wrong with it."""
    today = timezone.localtime(request.now).date()
    values = values_of(known.id, on=today)
    return {
        "editions": [_with_changes(edition, values) for edition in editions_of(known.id)],
        "fields": [_field(figure, request) for figure in figures_in(values)],
        "may_propose": request.actor.has("policy.propose") and values,
        "may_decide": request.actor.has("policy.approve"),
        "today": today,
        "typed": request.typed,
    }


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
    return {
        "name": figure.name,
        "label": figure_words(figure),
        "shown": figure.shown if typed is None else typed,
        "rows": figure.rows,
        "error": wrong.get(figure.name, ""),
    }
