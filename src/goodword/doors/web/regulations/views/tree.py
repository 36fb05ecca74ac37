"""The five regulations as trees of clauses, each with how it fares."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from goodword.engine.obligations.queries import Tally, compliance
from goodword.engine.policy.reading import read_packs
from goodword.engine.policy.schema import Clause, Pack

from ...access import WebRequest, page
from ...templatetags.goodword_ui import t
from ..period import Period, period_of, presets

KINDS = {
    "duty": ("义务", "duty"),
    "guard": ("关卡", "guard"),
    "goal": ("指标", "goal"),
    "record": ("记录", "record"),
    "role": ("角色", "role"),
    "flow": ("流程", "flow"),
    "guide": ("指引", "guide"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One clause of the tree with its tally, None where it started nothing."""

    clause: Clause
    kind: str
    tally: Tally | None

    @property
    def late(self) -> int:
        """Met late, overdue or missed."""
        return self.tally.late + self.tally.overdue + self.tally.missed if self.tally else 0


@dataclass(frozen=True, slots=True)
class Tree:
    """One regulation: its pack, its clauses by place, how many are bound."""

    pack: Pack
    rows: list[Row]
    bound: int

    @property
    def sections(self) -> list[tuple[str, list[Row]]]:
        """The clauses under the article they stand in: 「三」 for 三(二)."""
        found: dict[str, list[Row]] = {}
        for row in self.rows:
            found.setdefault(row.clause.cite.partition("(")[0].partition("（")[0], []).append(row)
        return list(found.items())


@page(right="policy.see")
def regulations(request: WebRequest) -> HttpResponse:
    """All clauses, or those of one kind, bound or planned; `?kind=duty&state=bound`."""
    period = period_of(request.GET, now=request.now)
    tallies = {
        found.clause_id: found
        for found in compliance(
            started_from=period.started_from, started_to=period.started_to, history=False, now=request.now
        )
    }
    trees = [_tree(pack, tallies, request) for pack in read_packs()]
    shown: dict[str, Any] = {
        "trees": trees,
        "period": period,
        "presets": preset_links(period, request),
        "kinds": [("", t("全部类型", "every kind")), *((code, t(*names)) for code, names in KINDS.items())],
        "states": [
            ("", t("全部", "all")),
            ("bound", t("已生效", "bound")),
            ("planned", t("规划中", "planned")),
        ],
        "chosen": {"kind": request.GET.get("kind", ""), "state": request.GET.get("state", "")},
        "total": sum(len(pack.clauses) for pack in read_packs()),
        "bound": sum(clause.is_bound for pack in read_packs() for clause in pack.clauses),
    }
    return render(request, "web/regulations/tree.html", shown)


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


def _tree(pack: Pack, tallies: dict[str, Tally], request: WebRequest) -> Tree:
    kind, state = request.GET.get("kind", ""), request.GET.get("state", "")
    rows = [
        Row(clause, t(*KINDS[clause.kind]), tallies.get(clause.id))
        for clause in pack.clauses
        if (not kind or clause.kind == kind) and (not state or clause.is_bound == (state == "bound"))
    ]
    return Tree(pack, rows, sum(clause.is_bound for clause in pack.clauses))
