"""How often people accept what the reader proposes: a live measure of it, by week and by its model's version."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, F, Q, QuerySet

from goodword.base.core.days import Day
from goodword.base.people.actors import Actor

from ..models import Case, Label
from . import listing
from .proportions import wilson

DIMENSIONS = ("kind", "severity", "content", "subclass", "device_type", "stage", "sentiment")
MOST_CONFUSIONS = 20
MOST_LOOKED_AT = 400
"""The newest corrections among which examples are looked for."""
EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Accepted:
    """Of `n` labels people gave, `kept` were as proposed; of the others `unread` had no proposal at all."""

    n: int = 0
    kept: int = 0
    unread: int = 0

    @property
    def share(self) -> float | None:
        """The share kept; None, never 0, where there is nothing to count."""
        return self.kept / self.n if self.n else None

    @property
    def interval(self) -> tuple[float | None, float | None]:
        """Its 95 % Wilson interval."""
        return wilson(self.kept, self.n)

    def __add__(self, other: Accepted) -> Accepted:
        return Accepted(self.n + other.n, self.kept + other.kept, self.unread + other.unread)


@dataclass(frozen=True, slots=True)
class Row:
    """One week (its Monday) of one model's version: what was accepted of each dimension."""

    week: date
    model: str
    by_dimension: Mapping[str, Accepted]


@dataclass(frozen=True, slots=True)
class Confusion:
    """A label proposed (empty: none) where people chose another, how often, and the numbers of a few such cases."""

    name: str
    proposed: str
    chosen: str
    count: int
    examples: tuple[int, ...]


def by_week(*, since: datetime) -> list[Row]:
    """What people accepted when they triaged cases themselves, the newest week first. Two queries.

    A case counts in the week of the person's last word on it; those dispatched unattended are left to their own watch.
    """
    given = {name: Count("pk", filter=~Q(**{name: ""})) for name in DIMENSIONS}
    cases = Case.objects.filter(labelled_at__gte=since, history=False, unattended__isnull=True)
    counted = _by("labelled_at", "read_by", cases).annotate(
        **{f"n_{name}": one for name, one in given.items()}
    )
    labelled: dict[tuple[date, str], Counter[str]] = {}
    for row in counted.order_by():
        sums = labelled.setdefault((_monday(row["day"]), row["model"]), Counter())
        sums.update({name: row[f"n_{name}"] for name in DIMENSIONS})
    corrected = _by("case__labelled_at", "case__read_by", _corrections(since)).values("day", "model", "name")
    differs: Counter[tuple[date, str, str]] = Counter()
    unread: Counter[tuple[date, str, str]] = Counter()
    for row in corrected.annotate(n=Count("pk"), unread=Count("pk", filter=Q(proposed=""))).order_by():
        key = (_monday(row["day"]), row["model"], row["name"])
        differs[key] += row["n"]
        unread[key] += row["unread"]
    return [
        Row(
            week,
            model,
            {
                name: _accepted(sums[name], differs[week, model, name], unread[week, model, name])
                for name in DIMENSIONS
            },
        )
        for (week, model), sums in sorted(
            labelled.items(), key=lambda one: (-one[0][0].toordinal(), one[0][1])
        )
    ]


def _accepted(n: int, differs: int, unread: int) -> Accepted:
    return Accepted(n, max(0, n - differs), unread)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def folded(rows: Iterable[Row]) -> dict[str, Accepted]:
    """All rows together, by dimension."""
    sums = dict.fromkeys(DIMENSIONS, Accepted())
    for row in rows:
        for name, one in row.by_dimension.items():
            sums[name] += one
    return sums


def confusions(actor: Actor, *, since: datetime) -> list[Confusion]:
    """What is taken for what, the most frequent first, with cases the actor sees. Two queries."""
    pairs = _corrections(since).values("name", "proposed", "chosen").annotate(n=Count("pk"))
    seen = _corrections(since).filter(listing.seen_among(actor, "case"))
    newest = seen.order_by("-at").values_list("name", "proposed", "chosen", "case__number")[:MOST_LOOKED_AT]
    examples: dict[tuple[str, str, str], list[int]] = {}
    for name, proposed, chosen, number in newest:
        examples.setdefault((name, proposed, chosen), []).append(number)
    return [
        Confusion(
            row["name"],
            row["proposed"],
            row["chosen"],
            row["n"],
            tuple(examples.get((row["name"], row["proposed"], row["chosen"]), ())[:EXAMPLES]),
        )
        for row in pairs.order_by("-n", "name", "proposed", "chosen")[:MOST_CONFUSIONS]
    ]


def _corrections(since: datetime) -> QuerySet[Label]:
    return Label.objects.filter(
        case__labelled_at__gte=since, case__history=False, case__unattended__isnull=True
    )


def _by(at: str, model: str, rows: QuerySet[Any]) -> Any:
    """By days, of which weeks are made here: a database takes longer over a row's Monday than over all the rest."""
    named: dict[str, Any] = {"day": Day(at, tzinfo=ZoneInfo(settings.TIME_ZONE)), "model": F(model)}
    return rows.annotate(**named).values("day", "model")
