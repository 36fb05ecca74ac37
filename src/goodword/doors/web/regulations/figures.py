"""The figures of one clause in a period: the tally, the time used against the allowance, by department and person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from goodword.base.people.models import Account, Department
from goodword.base.worktime import queries as calendars
from goodword.engine.obligations.models import Obligation
from goodword.engine.obligations.queries import Tally
from goodword.engine.obligations.tallies import FIGURES, Span, figures

from ..templatetags.goodword_ui import t

MOST_MEASURED = 5000
MOST_NAMED = 60
SECONDS_OF = {"s": 1, "min": 60, "h": 3600, "wmin": 60, "wh": 3600}
EDGES = (0.25, 0.5, 0.75, 1.0, 1.5, 2.0)


def tally(clause_id: str, span: Span, *, history: bool, now: datetime) -> Tally:
    """How the clause fared over the duties started in `span`. Four queries."""
    found = figures("clause_id", span=span, where=Q(clause_id=clause_id), history=history, now=now)
    return Tally(clause_id=clause_id, **found.get((clause_id,), dict.fromkeys(FIGURES, 0)))


@dataclass(frozen=True, slots=True)
class Named:
    """One line of a table: who, and how he fared."""

    name: str
    tally: Tally


def by_department(clause_id: str, span: Span, scope: Q, *, history: bool, now: datetime) -> list[Named]:
    """One line per bearing department, the busiest first. Five queries."""
    names = {row.code: str(t(row.name_zh, row.name_en)) for row in Department.objects.all()}
    found = figures(
        "bearer_department", span=span, where=Q(clause_id=clause_id) & scope, history=history, now=now
    )
    everywhere = str(t("不限部门", "any department"))
    lines = [
        Named(names.get(code, code) or everywhere, Tally(clause_id=clause_id, **row))
        for (code,), row in found.items()
    ]
    return _busiest(lines)


def by_person(clause_id: str, span: Span, scope: Q, *, history: bool, now: datetime) -> list[Named]:
    """One line per bearing person, the busiest first; those nobody bears by name stand together. Five queries."""
    found = figures(
        "bearer_account_id", span=span, where=Q(clause_id=clause_id) & scope, history=history, now=now
    )
    people = {
        account.pk: (account.person_id, account.person.name)
        for account in Account.objects.filter(pk__in=[pk for (pk,) in found]).select_related("person")
    }
    nobody = (0, str(t("按岗位，未指名", "by role, nobody named")))
    together: dict[tuple[int, str], dict[str, int]] = {}
    for (pk,), row in found.items():
        there = together.setdefault(people.get(pk, nobody), dict.fromkeys(FIGURES, 0))
        for name in FIGURES:
            there[name] += row[name]
    lines = [Named(name, Tally(clause_id=clause_id, **row)) for (_, name), row in together.items()]
    return _busiest(lines)


def _busiest(lines: list[Named]) -> list[Named]:
    return sorted(lines, key=lambda line: -line.tally.started)[:MOST_NAMED]


@dataclass(frozen=True, slots=True)
class Bar:
    """One step of the distribution: from where to where of the allowance, how many, their share of the longest bar."""

    label: str
    count: int
    percent: int
    is_late: bool


def distribution(rows: QuerySet[Obligation]) -> list[Bar]:
    """How much of the allowance the met ones used: the newest five thousand.

    One query where the allowance is a length of time; another and one per calendar version where it is days.
    """
    met = rows.filter(state="met", used_for__isnull=False).order_by("-started_at")
    found: Iterable[Sequence[Any]] = list(met.values_list("used_for", "amount", "unit")[:MOST_MEASURED])
    if any(unit not in SECONDS_OF for _, _, unit in found):  # moments cost more to read than all the rest
        columns = ("used_for", "amount", "unit", "started_at", "due_at", "calendar_version")
        found = met.values_list(*columns)[:MOST_MEASURED]
    counts = [0] * (len(EDGES) + 1)
    known: dict[int, Any] = {}
    for row in found:
        counts[_step(share_of(row, known))] += 1
    return _bars(counts)


def share_of(row: Sequence[Any], known: dict[int, Any]) -> float:
    """Used of the allowance, both on the clause's own clock: 1.0 is the due time."""
    used, amount, unit, *when = row
    if unit in SECONDS_OF:
        allowed = amount * SECONDS_OF[unit]
    else:
        started_at, due_at, version = when
        if version not in known:
            known[version] = calendars.version(version)
        allowed = known[version].elapsed(started_at, due_at)
    return used / allowed if allowed else float(used > 0) * 9


def _step(share: float) -> int:
    return next((place for place, edge in enumerate(EDGES) if share <= edge), len(EDGES))


def _bars(counts: list[int]) -> list[Bar]:
    longest = max(counts) or 1
    lower = [0.0, *EDGES]
    bars = []
    for place, count in enumerate(counts):
        start = round(lower[place] * 100)
        label = f"{start}–{round(EDGES[place] * 100)}%" if place < len(EDGES) else f"> {start}%"
        bars.append(Bar(label, count, round(count * 100 / longest), place > EDGES.index(1.0)))
    return bars
