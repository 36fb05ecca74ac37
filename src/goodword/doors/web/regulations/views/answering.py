"""What the page of FB-2.2a shows: how the hotline was answered in a period, down to each call."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from goodword.base.core.clock import FIRST_MOMENT, LAST_MOMENT
from goodword.company.channels.hotline.queries import Answering, answering, counted
from goodword.company.channels.hotline.rings import CLAUSE, cadence
from goodword.engine.obligations.queries import Tally
from goodword.engine.policy.schema import Clause
from goodword.voice.cases.queries.proportions import wilson

from ...access import WebRequest
from ...telephone import OUTCOMES, shown
from ...templatetags.goodword_ui import t
from ..bands import band_of, bands
from ..period import Period, period_of
from ..shares import kept_words, share_words
from .tabs import preset_links

MOST = 100


def answered(clause: Clause, request: WebRequest) -> dict[str, Any]:
    """The figure with its calls; nothing for another clause. Three queries."""
    if clause.id != CLAUSE:
        return {}
    period = period_of(request.GET, now=request.now)
    began_from, began_to = _closed(period)
    found = answering(began_from, began_to)
    outcome = request.GET.get("outcome", "")
    outcome = outcome if outcome in OUTCOMES else ""
    rows = counted(began_from, began_to, outcome).select_related("account__person")
    return {
        "answering": found,
        "answering_period": period,
        "answering_presets": preset_links(period, request),
        "answering_share": kept_words(found.share),
        "answering_interval": share_words(
            found.share, *wilson(found.counts.get("in_time", 0), found.decided)
        ),
        "answering_band": band_of(found.share, bands(on=timezone.localtime(request.now).date())),
        "answering_figures": _figures(found),
        "answering_rings": cadence(request.now).rings,
        "answering_outcome": outcome,
        "answering_calls": shown(list(rows[:MOST])),
        "may_open_calls": request.actor.has("cases.receive"),
    }


def tally_of(period: Period) -> Tally | None:
    """The figure as the overview counts; None where nobody rang. What is not counted is as what was let go. One query."""
    began_from, began_to = _closed(period)
    counts = answering(began_from, began_to).counts
    if not counts:
        return None
    decided = {code: counts.get(code, 0) for code in ("in_time", "late", "missed")}
    started = sum(counts.values())
    none = dict.fromkeys(("overdue", "open", "waived", "superseded"), 0)
    return Tally(CLAUSE, started=started, released=started - sum(decided.values()), **decided, **none)


def _figures(found: Answering) -> list[dict[str, Any]]:
    return [
        {
            "code": code,
            "label": t(zh, en),
            "count": found.counts.get(code, 0),
            "tone": tone if found.counts.get(code) and tone != "neutral" else "",
        }
        for code, (zh, en, tone) in OUTCOMES.items()
    ]


def _closed(period: Period) -> tuple[datetime, datetime]:
    """Both ends as moments; an open side reaches as far as there can be calls."""
    return period.started_from or FIRST_MOMENT, period.started_to or LAST_MOMENT
