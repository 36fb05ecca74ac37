"""The five regulations as trees of clauses in our words, each with how it fares."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from goodword.base.core.clock import local_day
from goodword.engine.obligations.queries import Tally, compliance
from goodword.engine.policy.reading import read_packs
from goodword.engine.policy.schema import Clause, Pack

from ...access import WebRequest, page
from ...templatetags.goodword_ui import t
from ..bands import Band, band_of, bands
from ..kinds import KINDS
from ..period import period_of
from ..shares import kept_words
from .tabs import preset_links, tabs


@dataclass(frozen=True, slots=True)
class Row:
    """One clause of the tree with its tally, None where it started nothing, and how well that is."""

    clause: Clause
    kind: str
    tally: Tally | None
    band: Band | None

    @property
    def late(self) -> int:
        """Met late, overdue or missed."""
        return self.tally.late + self.tally.overdue + self.tally.missed if self.tally else 0

    @property
    def share(self) -> str:
        """「91%」, or a dash."""
        return kept_words(self.tally.share if self.tally else None)


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
def texts(request: WebRequest) -> HttpResponse:
    """All clauses, or those that fit: `?find=回访&kind=duty&state=bound`."""
    period = period_of(request.GET, now=request.now)
    tallies = {
        found.clause_id: found
        for found in compliance(
            started_from=period.started_from, started_to=period.started_to, history=False, now=request.now
        )
    }
    steps = bands(on=local_day(request.now))
    trees = [_tree(pack, tallies, steps, request) for pack in read_packs()]
    shown: dict[str, Any] = {
        "tabs": tabs("texts"),
        "trees": trees,
        "period": period,
        "presets": preset_links(period, request),
        "kinds": [("", t("全部类型", "every kind")), *((code, t(*names)) for code, names in KINDS.items())],
        "states": [
            ("", t("全部", "all")),
            ("bound", t("已生效", "bound")),
            ("planned", t("规划中", "planned")),
        ],
        "chosen": {name: request.GET.get(name, "") for name in ("find", "kind", "state")},
        "found": sum(len(tree.rows) for tree in trees),
        "total": sum(len(pack.clauses) for pack in read_packs()),
        "bound": sum(clause.is_bound for pack in read_packs() for clause in pack.clauses),
    }
    return render(request, "web/regulations/tree.html", shown)


def _tree(pack: Pack, tallies: dict[str, Tally], steps: list[Band], request: WebRequest) -> Tree:
    rows = []
    for clause in pack.clauses:
        if _fits(clause, request):
            tally = tallies.get(clause.id)
            band = band_of(tally.share if tally else None, steps)
            rows.append(Row(clause, t(*KINDS[clause.kind]), tally, band))
    return Tree(pack, rows, sum(clause.is_bound for clause in pack.clauses))


def _fits(clause: Clause, request: WebRequest) -> bool:
    kind, state = request.GET.get("kind", ""), request.GET.get("state", "")
    if (kind and clause.kind != kind) or (state and clause.is_bound != (state == "bound")):
        return False
    return all(word in searched(clause) for word in request.GET.get("find", "").casefold().split())


def searched(clause: Clause) -> str:
    """Where a word is looked for: id, place, title and words, in both languages."""
    texts = (clause.id, clause.cite, clause.title.zh, clause.title.en, clause.words.zh, clause.words.en)
    return "\n".join(texts).casefold()
