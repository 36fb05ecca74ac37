"""The list of cases: filters in the address, the tightest duty of each."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone

from goodword.base.people.models import Department
from goodword.voice.cases import states
from goodword.voice.cases.models import Case
from goodword.voice.cases.queries.leafing import Leaf, Place, newest, place_of
from goodword.voice.cases.queries.obligations import Pressing, pressing

from ...access import WebRequest, page
from ...refusing import chip
from ...templatetags.goodword_ui import is_english, t
from ..bulk.bar import acceptable, bar
from ..naming import STATE_TONES, TONES, Names, customer_name, department_name, state_name
from ..narrowing import MOST_DIGITS, asked_for

ON_A_PAGE = 50
LISTED = (
    *("number", "subject", "text", "state", "kind", "severity", "round_no", "received_at", "proposal"),
    *("customer__public_name", "customer__name", "responsible__name_zh", "responsible__name_en"),
    "assignee__person__name",
)


@page(right="cases.see")
def cases(request: WebRequest) -> HttpResponse:
    """Cases the person may see, the newest first, fifty on a page. The number of queries does not grow with rows."""
    names = Names(timezone.localtime(request.now).date())
    leaf = leaf_of(request)
    due = pressing([case.pk for case in leaf.cases])
    rows = [
        {
            "case": case,
            "customer": customer_name(case),
            "state": state_name(case.state),
            "state_tone": STATE_TONES.get(case.state, "accent"),
            "kind": names.of("kind", case.kind),
            "severity": names.of("severity", case.severity),
            "severity_tone": TONES.get(case.severity, "neutral"),
            "department": department_name(case.responsible),
            "duty": countdown_of(due[case.pk]) if case.pk in due else None,
            "proposed": acceptable(request.actor, case, names),
        }
        for case in leaf.cases
    ]
    context = {
        "rows": rows,
        "pager": pager(request.GET, leaf),
        "filters": filters(request.GET, names),
        "tabs": tabs(request.GET),
        "bulk": bar(request.actor, request.GET, leaf.cases),
    }
    return render(request, "web/cases/list.html", context)


def countdown_of(owed: Pressing) -> dict[str, Any]:
    """What the countdown of a case shows."""
    clause = chip(owed.clause_id)
    return {
        "due": owed.due_at,
        "warn": owed.warn_at,
        "paused": owed.is_paused,
        "why": f"{clause.id} {clause.title}",
    }


def leaf_of(request: WebRequest) -> Leaf:
    """The page asked for: `?after=1042` the cases below that one, `?before=1042` those above it."""
    narrow = asked_for(request, request.GET)
    after, before = (_place(request.GET.get(side, "")) for side in ("after", "before"))
    leaf = newest(request.actor, narrow, limit=ON_A_PAGE, after=after, before=before, read=listed())
    if before and not leaf.later:  # back at the top: the first page whole
        leaf = newest(request.actor, narrow, limit=ON_A_PAGE, read=listed())
    return leaf


def listed() -> QuerySet[Case]:
    """Cases with what the list shows of each and no more: what is sealed costs its unsealing."""
    return Case.objects.select_related("customer", "responsible", "assignee__person").only(*LISTED)


def _place(number: str) -> Place | None:
    return place_of(int(number)) if number.isdecimal() and len(number) <= MOST_DIGITS else None


def pager(asked: QueryDict, leaf: Leaf) -> dict[str, str]:
    """The ways to the pages beside this one, empty where there is none; filters stay in the address."""

    def beside(side: str, number: int) -> str:
        query = asked.copy()
        for name in ("after", "before", "page"):
            query.pop(name, None)
        query[side] = str(number)
        return f"?{query.urlencode()}"

    cases = leaf.cases
    return {
        "previous": beside("before", cases[0].number) if cases and leaf.later else "",
        "next": beside("after", cases[-1].number) if cases and leaf.earlier else "",
        "summary": t("本页 {n} 件，最新的在前", "{n} on this page, the newest first", n=len(cases)),
    }


def tabs(asked: QueryDict) -> list[dict[str, Any]]:
    """The lists people look at most."""
    named = (
        ("", t("全部", "All"), not asked),
        ("?state=open", t("办理中", "Open"), asked.get("state") == "open" and len(asked) == 1),
        ("?state=received", t("待分派", "To triage"), asked.get("state") == "received"),
        ("?mine=1&state=open", t("我经办的", "Mine"), bool(asked.get("mine"))),
        ("?overdue=1", t("已逾期", "Late"), bool(asked.get("overdue"))),
        ("?state=done", t("待回访", "To call back"), asked.get("state") == "done"),
    )
    return [
        {"url": url or "/cases/", "label": words, "current": current, "count": None}
        for url, words, current in named
    ]


def filters(asked: QueryDict, names: Names) -> list[dict[str, Any]]:
    """The selects above the list, each with what is chosen."""
    english = is_english()
    departments = [
        (d.code, d.name_en if english else d.name_zh) for d in Department.objects.filter(merged_into=None)
    ]
    state_pairs = [("open", t("办理中", "Open")), ("ended", t("已结束", "Ended"))]
    state_pairs += [(code, state_name(code)) for code in states.NAMES]
    offered = (
        ("state", t("状态", "State"), state_pairs),
        ("department", t("责任部门", "Department"), departments),
        ("kind", t("性质", "Kind"), names.pairs("kind")),
        ("severity", t("程度", "Severity"), names.pairs("severity")),
        ("content", t("内容", "Content"), names.pairs("content")),
    )
    return [
        {
            "name": name,
            "label": words,
            "options": [("", t("不限", "Any")), *pairs],
            "value": asked.get(name, ""),
        }
        for name, words, pairs in offered
    ]
