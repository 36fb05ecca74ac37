"""The compliance overview: every clause as a cell coloured by how well it was kept, and the table behind it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from goodword.base.core.clock import local_day
from goodword.engine.obligations.queries import Tally, compliance
from goodword.engine.policy.reading import read_packs
from goodword.engine.policy.schema import Pack

from ...access import WebRequest, page
from ...templatetags.goodword_ui import t
from ..bands import bands
from ..overview import SORTS, WORDY, Row, rows_of, sorted_by
from ..period import Period, last_month, period_of
from .answering import tally_of
from .tabs import preset_links, tabs

MEASURED = "measured"


@page(right="policy.see")
def overview(request: WebRequest) -> HttpResponse:
    """`?from=&to=` the period, the last whole month unless said; `?sort=share&down=1` the table's order."""
    period = period_of(request.GET, now=request.now, usual=last_month(now=request.now))
    before = period.before()
    steps = bands(on=local_day(request.now))
    rows = rows_of(
        read_packs(),
        _tallies(period, request),
        _tallies(before, request) if before else {},
        steps,
        _address(period),
    )
    only = request.GET.get("only", "") == MEASURED
    listed = [row for row in rows if row.state == MEASURED] if only else rows
    sort, down = request.GET.get("sort", "id"), request.GET.get("down") == "1"
    shown: dict[str, Any] = {
        "tabs": tabs("overview"),
        "period": period,
        "before": before,
        "presets": preset_links(period, request),
        "heats": [_heat(pack, rows) for pack in read_packs()],
        "steps": steps,
        "rows": sorted_by(listed, sort, down=down),
        "columns": [_column(code, (zh, en), sort, down, request) for code, zh, en in SORTS],
        "choices": _choices(rows, only, request),
        "is_empty": not any(row.tally for row in rows),
        "total": len(rows),
        "bound": sum(row.clause.is_bound for row in rows),
    }
    return render(request, "web/regulations/overview.html", shown)


def _tallies(period: Period, request: WebRequest) -> dict[str, Tally]:
    found = compliance(
        started_from=period.started_from, started_to=period.started_to, history=False, now=request.now
    )
    answered = tally_of(period)
    return {tally.clause_id: tally for tally in [*found, *([answered] if answered else [])]}


def _address(period: Period) -> Callable[[str], str]:
    """The address of a clause's page in the same period."""
    home, query = reverse("web:regulations"), period.query()
    return lambda clause_id: f"{home}{clause_id}/?from={query['from']}&to={query['to']}"


def _heat(pack: Pack, rows: list[Row]) -> dict[str, Any]:
    mine = {clause.id for clause in pack.clauses}
    return {"pack": pack, "cells": [row for row in rows if row.clause.id in mine]}


def _choices(rows: list[Row], only: bool, request: WebRequest) -> list[dict[str, Any]]:
    """All clauses, or those that are measured, as the tabs component takes them."""
    measured = sum(row.state == MEASURED for row in rows)
    query = request.GET.copy()
    found = []
    for code, names, count in (
        ("", ("全部", "All"), len(rows)),
        (MEASURED, ("有数字的", "Measured"), measured),
    ):
        query["only"] = code
        current = (code == MEASURED) == only
        found.append(
            {"url": f"?{query.urlencode()}#table", "label": t(*names), "count": count, "current": current}
        )
    return found


def _column(code: str, names: tuple[str, str], sort: str, down: bool, request: WebRequest) -> dict[str, Any]:
    """A heading that sorts: by itself first as one expects (words upwards, figures downwards), then the other way."""
    is_current = code == sort
    goes_down = (not down) if is_current else code not in WORDY
    query = request.GET.copy()
    query["sort"] = code
    query["down"] = "1" if goes_down else ""
    return {
        "code": code,
        "label": t(*names),
        "url": f"?{query.urlencode()}#table",
        "order": ("descending" if down else "ascending") if is_current else "",
        "is_number": code not in WORDY,
    }
