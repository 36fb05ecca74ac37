"""What the regulations' pages have in common: the way between them, and the periods in one click."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from ...access import WebRequest
from ...templatetags.goodword_ui import t
from ..period import Period, presets

PAGES = (("overview", "web:regulations", "一览", "Overview"), ("texts", "web:texts", "条文", "The texts"))


def tabs(current: str) -> list[dict[str, Any]]:
    """The pages of the regulations, as the tabs component takes them."""
    return [
        {"url": reverse(name), "label": t(zh, en), "current": code == current} for code, name, zh, en in PAGES
    ]


def preset_links(period: Period, request: WebRequest) -> list[dict[str, Any]]:
    """The periods in one click, as the tabs component takes them; other filters stay."""
    found = []
    for zh, en, choice in presets(now=request.now):
        query = request.GET.copy()
        for name, value in choice.query().items():
            query[name] = value
        query.pop("after", None)
        found.append({"url": f"?{query.urlencode()}", "label": t(zh, en), "current": choice == period})
    return found
