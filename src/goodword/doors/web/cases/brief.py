"""The cases of a customer, an order or a device on its page: how it stands as figures, and the newest as a table."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse

from goodword.base.people.actors import Actor
from goodword.voice.cases.queries.listing import visible_to
from goodword.voice.cases.queries.standing import MOST, standing

from ..templatetags.goodword_ui import t
from .naming import STATE_TONES, state_name

SHOWN = 20


def brief(actor: Actor, about: Q, **asked: object) -> dict[str, Any]:
    """What `parts/brief.html` and `parts/standing.html` draw, under `cases`, `figures` and `all_url`. Four queries.

    about: which cases. asked: the same as the list of cases is asked for it.
    """
    rows = visible_to(actor).filter(about).order_by("-received_at", "-number")[:SHOWN]
    return {
        "cases": [
            {"row": case, "state": state_name(case.state), "tone": STATE_TONES.get(case.state, "neutral")}
            for case in rows
        ],
        "figures": _figures(actor, about, asked),
        "all_url": _list(asked),
    }


def _figures(actor: Actor, about: Q, asked: dict[str, object]) -> list[dict[str, Any]]:
    """Each leads to the list behind it; what there is none of is said and leads nowhere."""
    how = standing(actor, about)
    counted: tuple[tuple[str, int, str, dict[str, object]], ...] = (
        (t("办理中", "Open"), how.open, "", {"state": "open"}),
        (t("已逾期", "Late"), how.late, "bad" if how.late else "", {"overdue": 1}),
        (t("等待客户", "Waiting for the customer"), how.waiting, "", {"state": "open", "waiting": 1}),
        (t("全部工单", "Cases in all"), how.all, "", {}),
    )
    return [
        {
            "label": label,
            "value": f"{count}+" if count >= MOST else str(count),
            "tone": tone,
            "href": _list(asked | narrowed) if count else "",
        }
        for label, count, tone, narrowed in counted
    ]


def _list(asked: dict[str, Any]) -> str:
    return f"{reverse('web:cases')}?{urlencode(asked)}"
