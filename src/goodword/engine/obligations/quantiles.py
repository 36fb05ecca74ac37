"""How the time used is spread: median and ninth decile per clause."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from django.db.models import Count

from .models import Obligation


@dataclass(frozen=True, slots=True)
class Spread:
    """Of met obligations: how many, and the time half and nine tenths of them took at most, on the clause's clock."""

    met: int
    median_for: timedelta
    ninth_decile_for: timedelta


def spreads(
    *, started_from: datetime | None = None, started_to: datetime | None = None, history: bool | None = None
) -> dict[str, Spread]:
    """The spread of each clause over the met obligations started in [from, to), by nearest rank.

    history: as for `queries.compliance`. One query, and two for each clause.
    """
    rows = Obligation.objects.filter(state="met", used_for__isnull=False)
    if started_from is not None:
        rows = rows.filter(started_at__gte=started_from)
    if started_to is not None:
        rows = rows.filter(started_at__lt=started_to)
    if history is not None:
        rows = rows.filter(history=history)
    found = {}
    for clause_id, met in rows.values_list("clause_id").annotate(met=Count("pk")).order_by("clause_id"):
        used = rows.filter(clause_id=clause_id).order_by("used_for").values_list("used_for", flat=True)
        half, most = (timedelta(seconds=used[rank(met, share)] or 0) for share in (0.5, 0.9))
        found[clause_id] = Spread(met, half, most)
    return found


def rank(count: int, share: float) -> int:
    """The index, from 0, of the nearest rank for `share` of `count` values in order."""
    return max(ceil(count * share) - 1, 0)
