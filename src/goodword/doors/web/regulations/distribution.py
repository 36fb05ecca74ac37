"""How much of the allowance was used: steps of a tenth, up to twice the allowance and beyond."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from django.db.models import QuerySet

from goodword.base.worktime import queries as calendars
from goodword.engine.obligations.models import Obligation
from goodword.engine.obligations.quantiles import rank

from ..charts import Columns, columns
from ..templatetags.goodword_ui import t
from .shares import percent

MOST_MEASURED = 5000
MOST_BY_DAYS = 2000
"""Where the allowance is days: each is measured on its calendar, and a page answers within its time."""
SECONDS_OF = {"s": 1, "min": 60, "h": 3600, "wmin": 60, "wh": 3600}
STEPS, LIMIT = 20, 10
"""Steps of a tenth of the allowance; how many of them lie before the due time. The last is open at its end."""


@dataclass(frozen=True, slots=True)
class Step:
    """From where to where of the allowance, how many, whether that was late."""

    label: str
    count: int
    is_late: bool


@dataclass(frozen=True, slots=True)
class Distribution:
    """The steps, their chart, how many were measured; half of them used at most `median`, nine tenths `ninth`."""

    steps: list[Step]
    chart: Columns
    measured: int
    median: str
    ninth: str


def distribution(rows: QuerySet[Obligation]) -> Distribution | None:
    """How much of the allowance the met ones used: the newest five thousand, two thousand of days. None where none was met.

    One query where the allowance is a length of time; another and one per calendar version where it is days.
    """
    met = rows.filter(state="met", used_for__isnull=False).order_by("-started_at")
    found: Iterable[Sequence[Any]] = list(met.values_list("used_for", "amount", "unit")[:MOST_MEASURED])
    if any(unit not in SECONDS_OF for _, _, unit in found):  # moments cost more to read than all the rest
        names = ("used_for", "amount", "unit", "started_at", "due_at", "calendar_version")
        found = met.values_list(*names)[:MOST_BY_DAYS]
    known: dict[int, Any] = {}
    used = sorted(share_of(row, known) for row in found)
    if not used:
        return None
    counts = [0] * STEPS
    for share in used:
        counts[step_of(share)] += 1
    steps = [Step(_label(place), count, place >= LIMIT) for place, count in enumerate(counts)]
    half, most = (percent(used[rank(len(used), share)]) for share in (0.5, 0.9))
    return Distribution(steps, _chart(counts, steps), len(used), half, most)


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


def step_of(share: float) -> int:
    """The step a share lies in; one that is exactly at an edge lies before it: the due time itself is in time."""
    return min(max(ceil(share * LIMIT) - 1, 0), STEPS - 1)


def _label(place: int) -> str:
    first, last = place * 10, (place + 1) * 10
    return f"> {first}%" if place == STEPS - 1 else f"{first}–{last}%"


def _chart(counts: list[int], steps: list[Step]) -> Columns:
    said = [str(t("{step}：{n} 件", "{step}: {n}", step=step.label, n=step.count)) for step in steps]
    return columns(counts, said, limit=LIMIT, labels=("0%", "50%", "100%", "150%", "200%"))
