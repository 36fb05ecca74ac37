"""Why a due time is what it is, in a few lines: what a page shows beside a countdown somebody points at."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from ...access import WebRequest, page
from ...cases.duties import duty
from .obligation import visible_one


@page(right="policy.see")
def why(request: WebRequest, obligation_id: UUID) -> HttpResponse:
    """The clause, when it began, what it allows, the days that count and those that do not, when it is due."""
    row = visible_one(request, obligation_id)
    return render(request, "web/regulations/why.html", {"owed": duty(row), "row": row})
