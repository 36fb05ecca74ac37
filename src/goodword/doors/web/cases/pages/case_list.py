"""The list of cases: filters in the address, the tightest duty of each."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone

from goodword.base.people.models import Department
from goodword.company.customers.queries import by_number, find
from goodword.voice.cases import states
from goodword.voice.cases.queries import listing
from goodword.voice.cases.queries.obligations import next_due

from ...access import WebRequest, page
from ...templatetags.goodword_ui import is_english, t
from ..duties import duty
from ..naming import STATE_TONES, TONES, Names, customer_name, department_name, state_name

ON_A_PAGE = 50
CHOICES = ("state", "department", "kind", "severity", "content", "channel")


@page(right="cases.see")
def cases(request: WebRequest) -> HttpResponse:
    """Cases the person may see, the newest first, fifty on a page. The number of queries does not grow with rows."""
    names = Names(timezone.localtime(request.now).date())
    found = found_by(request, request.GET).order_by("-received_at", "-number")
    page_obj = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    due = next_due([case.pk for case in page_obj])
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
            "duty": duty(due[case.pk], explained=False) if case.pk in due else None,
        }
        for case in page_obj
    ]
    context = {
        "rows": rows,
        "page_obj": page_obj,
        "filters": filters(request.GET, names),
        "tabs": tabs(request.GET),
    }
    return render(request, "web/cases/list.html", context)


def found_by(request: WebRequest, asked: QueryDict) -> Any:
    """What the address asks for; the words also as a customer's number, name or last four digits."""
    base = listing.visible_to(request.actor)
    wanted: dict[str, Any] = {name: asked.get(name) or None for name in CHOICES}
    wanted["assignee"] = request.user.pk if asked.get("mine") else None
    wanted["overdue"] = True if asked.get("overdue") else None
    wanted["order"] = asked.get("order") or None
    number = asked.get("customer", "")
    if number.isdecimal() and len(number) < 10:
        customer = by_number(int(number))
        wanted["customer"] = customer.pk if customer else UUID(int=0)
    text = asked.get("q", "").strip()
    rows = listing.filtered(base, text=text, **wanted)
    if text and (customers := find(text)):
        rows = rows | listing.filtered(base, **wanted).filter(
            customer__in=[customer.pk for customer in customers]
        )
    return rows


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
