"""How unattended dispatch fares: what it sent, what a person checked, what was wrong (FB-3.2c)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import astuple, dataclass
from datetime import date, datetime
from operator import add
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, F, Max, Q, QuerySet
from django.db.models.functions import TruncWeek

from goodword.base.people.actors import Actor

from ..figures.unattended import Rule
from ..models import Case, Unattended, UnattendedStop
from . import listing
from .proportions import wilson

MOST_NAMED = 50

CHECKED = Q(sampled=True) & ~Q(verdict="")
COUNTS = {
    "n_dispatched": Count("pk"),
    "n_sampled": Count("pk", filter=Q(sampled=True)),
    "n_checked": Count("pk", filter=CHECKED),
    "n_wrong": Count("pk", filter=CHECKED & Q(verdict="wrong")),
    "n_known_wrong": Count("pk", filter=Q(verdict="wrong")),
    "n_urgent_missed": Count("pk", filter=Q(urgent_missed=True)),
}


@dataclass(frozen=True, slots=True)
class Measured:
    """Counts of unattended cases; sampled: drawn to be checked; checked, wrong: of those; known_wrong: of all.

    A drawn case that somebody corrected before it was checked counts as checked and wrong: it errs on the safe side.
    """

    dispatched: int = 0
    sampled: int = 0
    checked: int = 0
    wrong: int = 0
    known_wrong: int = 0
    urgent_missed: int = 0

    @property
    def share(self) -> float | None:
        """The share of wrong among those checked; None, never 0, where none was."""
        return self.wrong / self.checked if self.checked else None

    @property
    def low(self) -> float | None:
        """The lower end of the share's 95 % Wilson interval."""
        return wilson(self.wrong, self.checked)[0]

    @property
    def high(self) -> float | None:
        """The upper end of the share's 95 % Wilson interval."""
        return wilson(self.wrong, self.checked)[1]

    def __add__(self, other: Measured) -> Measured:
        return Measured(*map(add, astuple(self), astuple(other)))


@dataclass(frozen=True, slots=True)
class Row:
    """The figures of one model, severity and content in one week (its Monday)."""

    week: date
    model: str
    severity: str
    content: str
    figures: Measured


def counted_from(rule: Rule, *, at: datetime) -> datetime:
    """The moment from which errors count: the company's days back, or when it was last switched on again. One query."""
    resumed_at: datetime | None = UnattendedStop.objects.aggregate(last=Max("resumed_at"))["last"]
    first = at - rule.watched_for
    return first if resumed_at is None else max(first, resumed_at)


def measured(rule: Rule, *, at: datetime) -> Measured:
    """What is judged. Two queries."""
    return _measured(_counted(counted_from(rule, at=at)).aggregate(**COUNTS))


def beyond(figures: Measured, rule: Rule) -> str:
    """Why unattended dispatch has to stop: urgent, share or known; empty while it may go on."""
    if figures.urgent_missed >= rule.urgent_missed:
        return "urgent"
    judged = figures.high if rule.judged_by == "upper" else figures.share
    if figures.checked >= rule.least_checked and judged is not None and judged > rule.most_wrong:
        return "share"
    enough = figures.dispatched >= rule.least_checked
    return "known" if enough and figures.known_wrong > rule.most_wrong * figures.dispatched else ""


def by_week(*, since: datetime) -> list[Row]:
    """Every week's figures by model, severity and content, the newest first. One query."""
    week = TruncWeek("at", tzinfo=ZoneInfo(settings.TIME_ZONE))
    keys = ("week", "model", "severity", "content")
    rows = _counted(since).annotate(week=week).values(*keys).annotate(**COUNTS).order_by("-week", *keys[1:])
    return [
        Row(
            row["week"].date(),
            row["model"],
            row["severity"],
            row["content"],
            _measured(row),
        )
        for row in rows
    ]


def folded(rows: Iterable[Row], key: Callable[[Row], str]) -> dict[str, Measured]:
    """The rows added up by a key, in the order in which the keys come."""
    sums: dict[str, Measured] = {}
    for row in rows:
        sums[key(row)] = sums.get(key(row), Measured()) + row.figures
    return sums


def wrong_ones(actor: Actor, *, since: datetime) -> list[Unattended]:
    """The newest of those found wrong that the actor may see, urgent ones missed first. One query."""
    rows = Unattended.objects.filter(listing.seen_among(actor, "case"), verdict="wrong", at__gte=since)
    return list(rows.select_related("case").order_by("-urgent_missed", "-at")[:MOST_NAMED])


def to_check(actor: Actor) -> QuerySet[Case]:
    """The cases drawn that the actor may check blind, the oldest first: those he sees and never handled."""
    drawn = Unattended.objects.filter(sampled=True, verdict="").values("case")
    waiting = listing.visible_to(actor).filter(pk__in=drawn)
    if actor.person_id is not None:
        waiting = waiting.exclude(handlers__person_id=actor.person_id)
    return waiting.order_by(F("unattended__at").asc())


def standing_stop() -> UnattendedStop | None:
    """The stop that nobody has lifted. One query."""
    return UnattendedStop.objects.filter(resumed_at=None).first()


def _counted(since: datetime) -> QuerySet[Unattended]:
    return Unattended.objects.filter(at__gte=since)


def _measured(row: Mapping[str, Any]) -> Measured:
    return Measured(*(row[name] for name in COUNTS))
