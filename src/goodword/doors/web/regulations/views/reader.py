"""How the reader fares (FB-3.2c): unattended dispatch and its errors, what people accept, what is taken for what."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from goodword.base.core.clock import local_day
from goodword.voice.cases.actions import judging
from goodword.voice.cases.figures.unattended import rule_of
from goodword.voice.cases.queries import acceptance, watching

from ...access import WebRequest, page
from ...cases.naming import Names
from ...cases.readings import ROWS
from ...templatetags.goodword_ui import t
from ..shares import interval_words, percent, share_words

REASONS = {
    "urgent": ("漏判了紧急件", "urgent matters were missed"),
    "share": ("抽查的错误率超过上限", "the share of errors in the sample is above the limit"),
    "known": ("已知错误超过上限", "the known errors alone are above the limit"),
}
DIMENSIONS = {name: (zh, en) for name, zh, en in ROWS}


@page(right="compliance.see")
def reader(request: WebRequest) -> HttpResponse:
    """The figures of the company's days back; nothing on the page is a customer's word."""
    rule, names = rule_of(at=request.now), Names(local_day(request.now))
    since = request.now - rule.watched_for
    stop = watching.standing_stop()
    weeks, accepted = watching.by_week(since=since), acceptance.by_week(since=since)
    judged = watching.measured(rule, at=request.now)
    shown: dict[str, Any] = {
        "rule": rule,
        "limit": percent(rule.most_wrong),
        "sampled": percent(rule.sampled),
        "ceiling": percent(rule.urgent_ceiling),
        "since": since,
        "counted_from": watching.counted_from(rule, at=request.now),
        "stop": stop,
        "stop_reason": t(*REASONS[stop.reason]) if stop else "",
        "may_resume": stop is not None and request.actor.has("policy.approve"),
        "note": request.typed.get("note", "") if request.typed else "",
        "measured": judged,
        "measured_share": "—" if judged.share is None else percent(judged.share),
        "measured_interval": interval_words(judged.low, judged.high),
        "tables": _tables(weeks, names),
        "wrong_ones": [_wrong(row, names) for row in watching.wrong_ones(request.actor, since=since)],
        "accepted": [_accepted(name, one) for name, one in acceptance.folded(accepted).items() if one.n],
        "accepted_weeks": [
            {
                "week": row.week,
                "model": row.model,
                "cells": [_cell(row.by_dimension[name]) for name in DIMENSIONS],
            }
            for row in accepted
        ],
        "dimensions": [t(*words) for words in DIMENSIONS.values()],
        "confusions": [_confusion(one, names) for one in acceptance.confusions(request.actor, since=since)],
    }
    return render(request, "web/regulations/reader.html", shown)


@page(right="policy.approve", methods="POST", back=reader)
def resume(request: WebRequest) -> HttpResponse:
    """Switch unattended dispatch on again, with the reason."""
    judging.resume(by=request.actor, at=request.now, note=request.POST.get("note", ""))
    messages.success(
        request, t("自动派单已恢复，错误从现在重新计。", "It runs again; errors count from now.")
    )
    return HttpResponseRedirect(reverse("web:reader"))


def _tables(rows: list[watching.Row], names: Names) -> list[dict[str, Any]]:
    """The same cases by week, by model and by what was proposed."""

    def label(row: watching.Row) -> str:
        return f"{names.of('severity', row.severity)} · {names.of('content', row.content)}"

    kinds = (
        (t("按周", "By week"), t("周", "Week"), lambda row: f"{row.week:%Y-%m-%d}"),
        (
            t("按模型", "By model"),
            t("模型", "Model"),
            lambda row: row.model or str(t("无版本", "no version")),
        ),
        (t("按建议的类别", "By what was proposed"), t("类别", "Proposed"), label),
    )
    return [
        {
            "title": title,
            "head": head,
            "rows": [
                (key, one, share_words(one.share, one.low, one.high))
                for key, one in watching.folded(rows, by).items()
            ],
        }
        for title, head, by in kinds
    ]


def _wrong(row: Any, names: Names) -> dict[str, Any]:
    department = t("部门", "Department")
    return {
        "row": row,
        "number": row.case.number,
        "read": f"{names.of('severity', row.severity)} · {names.of('content', row.content)}",
        "wrong_in": [t(*DIMENSIONS[name]) if name in DIMENSIONS else department for name in row.wrong_in],
    }


def _accepted(name: str, one: acceptance.Accepted) -> dict[str, Any]:
    return {"dimension": t(*DIMENSIONS[name]), "one": one, "share": share_words(one.share, *one.interval)}


def _cell(one: acceptance.Accepted) -> str:
    return "—" if one.share is None else f"{percent(one.share)} ({one.n})"


def _confusion(one: acceptance.Confusion, names: Names) -> dict[str, Any]:
    def named(code: str) -> str:
        if not code:
            return str(t("未归类", "unclassified"))
        return code if one.name == "subclass" else names.of(one.name, code)

    return {
        "dimension": t(*DIMENSIONS[one.name]),
        "proposed": named(one.proposed),
        "chosen": named(one.chosen),
        "count": one.count,
        "examples": one.examples,
    }
