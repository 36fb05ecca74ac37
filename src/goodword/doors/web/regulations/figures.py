"""The figures of one clause in a period: the tally, the time used against the allowance, by department and person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet

from goodword.base.people.models import Department
from goodword.base.worktime import queries as calendars
from goodword.engine.obligations.models import Obligation
from goodword.engine.obligations.queries import Tally, outcomes

from ..templatetags.goodword_ui import t

MOST_MEASURED = 5000
MOST_NAMED = 60
SECONDS_OF = {"s": 1, "min": 60, "h": 3600, "wmin": 60, "wh": 3600}
EDGES = (0.25, 0.5, 0.75, 1.0, 1.5, 2.0)


def _counts(now: datetime) -> dict[str, Count]:
    return {"started": Count("pk"), **{name: Count("pk", filter=q) for name, q in outcomes(now).items()}}


def tally(clause_id: str, rows: QuerySet[Obligation], *, now: datetime) -> Tally:
    """How the clause fared over these rows. One query."""
    return Tally(clause_id=clause_id, **rows.order_by().aggregate(**_counts(now)))


@dataclass(frozen=True, slots=True)
class Named:
    """One line of a table: who, and how he fared."""

    name: str
    tally: Tally


def by_department(clause_id: str, rows: QuerySet[Obligation], *, now: datetime) -> list[Named]:
    """One line per bearing department, the busiest first. Two queries."""
    names = {row.code: str(t(row.name_zh, row.name_en)) for row in Department.objects.all()}
    found = []
    for row in _grouped(rows, "bearer_department", now=now):
        code = row.pop("bearer_department")
        name = names.get(code, code) or str(t("不限部门", "any department"))
        found.append(Named(name, Tally(clause_id=clause_id, **row)))
    return found


def by_person(clause_id: str, rows: QuerySet[Obligation], *, now: datetime) -> list[Named]:
    """One line per bearing person, the busiest first; those nobody bears by name stand together. One query."""
    columns = ("bearer_account__person", "bearer_account__person__name")
    found = []
    for row in _grouped(rows, *columns, now=now):
        _, name = row.pop(columns[0]), row.pop(columns[1])
        found.append(
            Named(
                name or str(t("按岗位，未指名", "by role, nobody named")), Tally(clause_id=clause_id, **row)
            )
        )
    return found


def _grouped(rows: QuerySet[Obligation], *columns: str, now: datetime) -> list[dict[str, Any]]:
    """The counts for each value of the columns, the most first, at most sixty lines. One query."""
    counted: list[dict[str, Any]] = list(rows.order_by().values(*columns).annotate(**_counts(now)))
    return sorted(counted, key=lambda row: -int(row["started"]))[:MOST_NAMED]


@dataclass(frozen=True, slots=True)
class Bar:
    """One step of the distribution: from where to where of the allowance, how many, their share of the longest bar."""

    label: str
    count: int
    percent: int
    is_late: bool


def distribution(rows: QuerySet[Obligation]) -> list[Bar]:
    """How much of the allowance the met ones used: the newest five thousand. Two queries and one per calendar version."""
    met = rows.filter(state="met", used_for__isnull=False).order_by("-started_at")
    columns = ("used_for", "amount", "unit", "started_at", "due_at", "calendar_version")
    counts = [0] * (len(EDGES) + 1)
    known: dict[int, Any] = {}
    for row in met.values_list(*columns)[:MOST_MEASURED]:
        counts[_step(share_of(row, known))] += 1
    return _bars(counts)


def share_of(row: Sequence[Any], known: dict[int, Any]) -> float:
    """Used of the allowance, both on the clause's own clock: 1.0 is the due time."""
    used, amount, unit, started_at, due_at, version = row
    if unit in SECONDS_OF:
        allowed = amount * SECONDS_OF[unit]
    else:
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
