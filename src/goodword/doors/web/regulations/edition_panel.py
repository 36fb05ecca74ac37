"""The editions of a clause as its page shows them: what was, what is proposed, the form for new figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone

from goodword.engine.policy.models import ClauseEdition
from goodword.engine.policy.queries import editions_of, values_of
from goodword.engine.policy.schema import Clause

from ..access import WebRequest
from ..refusing import answered
from ..templatetags.goodword_ui import t
from .figure_inputs import inputs
from .plain import figure_words, value_words
from .values import Figure, changed_figures, shaped

STATES = {
    "proposed": ("待批准", "waiting for a decision", "warned", "hourglass"),
    "approved": ("已批准", "approved", "done", "check"),
    "refused": ("未批准", "refused", "late", "x"),
    "withdrawn": ("已撤回", "withdrawn", "note", "arrow-back-up"),
}
"""(zh, en, how its entry looks, icon) of each state."""


def shown_editions(known: Clause, request: WebRequest) -> dict[str, Any]:
    """What the panel of editions shows, its form with what was typed and what was wrong with it."""
    today = timezone.localtime(request.now).date()
    values = values_of(known.id, on=today)
    wrong = answered(request.refused).fields if request.refused else {}
    found = editions_of(known.id)
    return {
        "editions": [shown_edition(edition, found, known) for edition in reversed(found)],
        "groups": inputs(known, values, request.typed, wrong),
        "may_propose": request.actor.has("policy.propose") and values,
        "today": today,
        "typed": request.typed,
    }


def shown_edition(edition: ClauseEdition, among: Sequence[ClauseEdition], known: Clause) -> dict[str, Any]:
    """The edition as templates read it, with what it changes of the one before."""
    zh, en, kind, icon = STATES[edition.state]
    before = figures_before(edition, among, known)
    return {
        "edition": edition,
        "state": t(zh, en),
        "kind": kind,
        "icon": icon,
        "changes": changes(before, edition.values, known) if edition.proposed_by_id else [],
    }


def figures_before(
    edition: ClauseEdition, among: Sequence[ClauseEdition], known: Clause
) -> Mapping[str, Any]:
    """The figures that hold on its day without it: of the approved edition before it, else of the pack."""
    place = (edition.holds_from, edition.number)
    earlier = [one for one in among if one.state == "approved" and (one.holds_from, one.number) < place]
    last = max(earlier, key=lambda one: (one.holds_from, one.number), default=None)
    return {**known.values, **(last.values if last else {})}


def changes(
    before: Mapping[str, Any], after: Mapping[str, Any], known: Clause
) -> list[tuple[str, list[str], list[str]]]:
    """(figure, what goes, what comes) in words, for each that differs."""
    whole = {**known.values, **after}
    pairs = changed_figures(shaped(before, known.values), shaped(whole, known.values))
    return [_change(old, new) for old, new in pairs]


def _change(old: Figure | None, new: Figure | None) -> tuple[str, list[str], list[str]]:
    label = figure_words(new or old or Figure((), None))
    gone, come = _said(old), _said(new)
    if old is not None and new is not None and old.is_table and new.is_table:
        return label, [one for one in gone if one not in come], [one for one in come if one not in gone]
    return label, gone, come


def _said(figure: Figure | None) -> list[str]:
    """A figure in words; a list entry by entry."""
    if figure is None:
        return []
    if not figure.is_table:
        return [value_words(figure)]
    return [
        ", ".join(_cell(cell) for cell in entry.values())
        if isinstance(entry, Mapping)
        else value_words(Figure(figure.path, entry))
        for entry in figure.value
    ]


def _cell(cell: object) -> str:
    return "/".join(map(str, cell)) if isinstance(cell, list) else value_words(Figure((), cell))
