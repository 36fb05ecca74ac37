"""Figures of the regulations the company looks up and changes most: limits, causes, wordings, each a clause's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpResponse
from django.utils import timezone

from goodword.base.people.roles import ROLES
from goodword.engine.policy.queries import values_of

from ..access import WebRequest, page
from ..templatetags.goodword_ui import t, tr
from .common import draw

SHOWN = {"compensation": "FB-4.2f", "causes": "FB-4.1f", "wordings": "FB-4.2e"}
"""Which clause holds what is shown."""
WORDINGS = (("zh-Hans", "replacements"), ("en", "replacements_en"))
"""The language a wording is in, and the figure that holds those of it."""
CONTENTS = {"device": ("设备", "Device"), "service": ("服务", "Service"), "other": ("其他", "Other")}


@page(right="policy.propose")
def figures(request: WebRequest) -> HttpResponse:
    """The figures that hold today. A change is proposed on the clause's page and approved by somebody else."""
    today = timezone.localtime(request.now).date()
    limits, causes, words = (values_of(clause, on=today) for clause in SHOWN.values())
    return draw(
        request,
        "settings-figures",
        "figures.html",
        limits=[(_role(code), most) for code, most in limits["limits"].items()],
        above=_role(limits["above"]),
        currency=limits["currency"],
        causes=_by_content(causes["causes"]),
        wordings=[(lang, one) for lang, name in WORDINGS for one in words[name]],
        today=today,
        clauses=SHOWN,
    )


def _role(code: str) -> str:
    role = ROLES.get(code)
    return str(t(role.zh, role.en)) if role else code


def _by_content(causes: Iterable[Mapping[str, Any]]) -> list[tuple[str, list[str]]]:
    """The causes under what they are about, in the catalogue's order."""
    found: dict[str, list[str]] = {}
    for cause in causes:
        found.setdefault(str(cause["content"]), []).append(str(tr(cause["zh"], cause["en"])))
    return [(str(t(*CONTENTS.get(content, (content, content)))), names) for content, names in found.items()]
