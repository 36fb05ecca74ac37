"""What somebody owes, grouped by time left: the board of the desk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from goodword.base.core.asking import asked_often
from goodword.base.people.actors import Actor
from goodword.base.people.models import Absence, Account
from goodword.engine.obligations.pressing import MOST, Place, Way, borne_by, how_many, most_pressing, those_at

from ..templatetags.goodword_ui import t
from .lines import Line, lines

WHOSE = ("mine", "team", "standing")


@dataclass(slots=True)
class Group:
    """Duties with about the same time left."""

    code: str
    name: str
    tone: str
    rows: list[Line] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Owed:
    """The most pressing of what somebody owes, for whom he stands in, and how much each tab has, MOST at most."""

    places: list[Place]
    counts: dict[str, int]


def standing_in(actor: Actor, *, at: datetime) -> frozenset[int]:
    """The accounts that are away now and for which the actor stands in."""
    return frozenset(_stood_in_for(actor.account_id, at)) if actor.account_id else frozenset()


def ways_of(actor: Actor, whose: str, *, standing_in_for: frozenset[int]) -> list[Way]:
    """How obligations fall to oneself, to one's departments, or to those one stands in for."""
    if whose == "standing":
        return [Way(accounts=(pk,)) for pk in sorted(standing_in_for)]
    if whose == "team":
        homes = sorted(actor.departments)
        people = sorted(_people_of(homes))
        return [*(Way(department=home) for home in homes), *([Way(accounts=tuple(people))] if people else [])]
    return borne_by(actor, standing_in_for=standing_in_for)


def owed(actor: Actor, whose: str, *, at: datetime) -> Owed:
    """What is owed on one tab, and how much on each."""
    away = standing_in(actor, at=at)
    ways = {name: ways_of(actor, name, standing_in_for=away) for name in WHOSE}
    places = most_pressing(ways[whose])
    counts = {name: len(places) if name == whose else how_many(ways[name]) for name in WHOSE}
    return Owed(places, counts)


def groups(places: Sequence[Place], *, actor: Actor, since: datetime, at: datetime) -> list[Group]:
    """Overdue, next hour, today, later; what stands still comes with the later ones. since: newer ones are marked."""
    made = [
        Group("overdue", t("已逾期", "Overdue"), "bad"),
        Group("hour", t("一小时内", "Next hour"), "warn"),
        Group("today", t("今天", "Today"), "accent"),
        Group("later", t("以后", "Later"), "neutral"),
    ]
    today = timezone.localtime(at).date()
    shown = lines(those_at(places), actor=actor, since=since)
    for line in sorted(shown, key=lambda line: (line.is_paused, line.due_at)):
        made[place(line, at, today=today)].rows.append(line)
    return [group for group in made if group.rows]


def place(line: Line, at: datetime, *, today: object) -> int:
    """The group a due time belongs to; `today` is the company's date."""
    if line.is_paused:
        return 3
    if line.due_at <= at:
        return 0
    if line.due_at <= at + timedelta(hours=1):
        return 1
    return 2 if timezone.localtime(line.due_at).date() == today else 3


def shown_count(count: int) -> str:
    """A bounded count as people read it."""
    return f"{MOST}+" if count >= MOST else str(count)


@asked_often
def _stood_in_for(account: int, now: datetime) -> QuerySet[Absence, int]:
    away = Absence.objects.filter(stand_in=account, starts_at__lte=now, ends_at__gt=now)
    return away.values_list("account", flat=True)


@asked_often
def _people_of(departments: Sequence[str]) -> QuerySet[Account, int]:
    return Account.objects.filter(department__code__in=departments).values_list("pk", flat=True)
