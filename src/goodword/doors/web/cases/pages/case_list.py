"""The list of cases: filters, columns and order in the address, the tightest duty of each."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone

from goodword.voice.cases.models import Case
from goodword.voice.cases.queries.leafing import OLDEST, Leaf, Place, newest, place_of
from goodword.voice.cases.queries.obligations import pressing

from ...access import WebRequest, page
from ...templatetags.goodword_ui import t
from ..bulk.bar import bar
from ..lists import columns as shown
from ..lists import fields, tabs
from ..lists.columns import OF_ALL, Column, Row
from ..lists.filtering import MOST_DIGITS, Asked, asked_by, misread_words, narrow
from ..naming import Names
from .rows import rows_drawn

ON_A_PAGE = 50


@page(right="cases.see")
def cases(request: WebRequest) -> HttpResponse:
    """Cases the person may see, fifty on a page. The number of queries does not grow with rows or with views."""
    names = Names(timezone.localtime(request.now).date())
    asked = asked_by(request.GET)
    columns = shown.chosen(asked.columns, request.actor)
    leaf = leaf_of(request, asked, shown.read_for(columns))
    due = pressing([case.pk for case in leaf.cases])
    pairs = fields.choices(names)
    bulk = bar(request.actor, request.GET, leaf)
    rows = (Row(case, names, due.get(case.pk)) for case in leaf.cases)
    context = {
        "asked": asked,
        "columns": [heading(column, asked) for column in columns],
        "rows": rows_drawn(rows, columns, actor=request.actor, tickable=bulk is not None),
        "bulk": bulk,
        "pager": pager(request.GET, leaf, oldest_first=asked.sort == "oldest"),
        "fields": fields.fields(asked, pairs),
        "chips": fields.chips(asked, pairs),
        "misread": misread_words(asked, fields.labels()),
        "choosable": choosable(columns),
        "carried": list(asked.pairs("columns")),
        "query": asked.query(),
        "may_export": request.actor.has("cases.export"),
        "tabs": (views := tabs.tabs(request.actor, asked, now=request.now)),
        "changeable": next((one["changeable"] for one in views[1:] if one["current"]), 0),
    }
    return render(request, "web/cases/list.html", context)


def leaf_of(request: WebRequest, asked: Asked, read: QuerySet[Case]) -> Leaf:
    """The page asked for: `?after=1042` the cases that follow that one in the list, `?before=1042` those before it."""
    wanted = narrow(asked, request.actor, now=request.now)
    after, before = (_place(request.GET.get(side, "")) for side in ("after", "before"))

    def leaf(after: Place | None = None, before: Place | None = None) -> Leaf:
        return newest(request.actor, wanted, limit=ON_A_PAGE, after=after, before=before, read=read)

    if asked.sort != "oldest":
        found = leaf(after, before)
        return leaf() if before and not found.later else found  # back at the top: the first page whole
    if before and after is None:  # those listed before it are older
        found = leaf(after=before)
        if found.earlier:
            return Leaf(found.cases[::-1], earlier=True, later=True)
    found = leaf(before=after or OLDEST)
    return Leaf(found.cases[::-1], earlier=after is not None, later=found.later)


def _place(number: str) -> Place | None:
    return place_of(int(number)) if number.isdecimal() and len(number) <= MOST_DIGITS else None


def pager(asked: QueryDict, leaf: Leaf, *, oldest_first: bool = False) -> dict[str, str]:
    """The ways to the pages beside this one, empty where there is none; filters stay in the address."""

    def beside(side: str, number: int) -> str:
        query = asked.copy()
        for name in ("after", "before", "page"):
            query.pop(name, None)
        query[side] = str(number)
        return f"?{query.urlencode()}"

    cases = leaf.cases
    is_more, is_less = (leaf.later, leaf.earlier) if oldest_first else (leaf.earlier, leaf.later)
    return {
        "previous": beside("before", cases[0].number) if cases and is_less else "",
        "next": beside("after", cases[-1].number) if cases and is_more else "",
        "summary": t("本页 {n} 件，最早的在前", "{n} on this page, the oldest first", n=len(cases))
        if oldest_first
        else t("本页 {n} 件，最新的在前", "{n} on this page, the newest first", n=len(cases)),
    }


def heading(column: Column, asked: Asked) -> dict[str, Any]:
    """A column's heading; the one that carries the order leads to the other order."""
    turned = "" if asked.sort else "oldest"
    return {
        "label": column.label,
        "style": "num" if column.style.startswith("num") else "",
        "turn": (asked.query(sort=turned) or "?") if column.sorted_by else "",
        "icon": "sort-ascending" if asked.sort else "sort-descending",
    }


def choosable(columns: list[Column]) -> list[dict[str, Any]]:
    """Every column with whether it is shown, those shown first, in their order."""
    rest = [column for column in OF_ALL if column not in columns]
    return [
        {"code": column.code, "label": column.label, "on": column in columns}
        for column in (*columns, *rest)
        if column.code != shown.NUMBER
    ]
