"""The stage on which the demo company's cases are played: its people, its calendar, and small decisions."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from django.conf import settings

from goodword.base.people.actors import Actor
from goodword.base.people.models import Account, Department
from goodword.base.people.queries import actor_for
from goodword.base.worktime.queries import current
from goodword.voice.cases.models import Case

from .plans import Plan

DESK = ("intake1", "intake2", "intake3", "intake4", "intake5")
DESK_SHARES = (28, 26, 22, 16, 8)
CALLERS = ("callback1", "callback2", "callback3")
WAKING = (8, 22)
"""The hours in which somebody starts work on what cannot wait for Monday."""


class World:
    """Who is there, and how time is spent. Roles do not change while the demo company is built."""

    def __init__(self, people: dict[str, Account], *, now: datetime) -> None:
        self.people = people
        self.actors = {a.pk: actor_for(a, at=now) for a in people.values()}
        self.departments = {d.code: d for d in Department.objects.select_related("head")}
        self.calendar = current("office")[1]
        self.zone = ZoneInfo(settings.TIME_ZONE)

    def named(self, username: str) -> Actor:
        """The colleague with this username."""
        return self.actors[self.people[username].pk]

    def desk(self, luck: Random) -> Actor:
        """Somebody of the intake desk."""
        return self.named(luck.choices(DESK, DESK_SHARES)[0])

    def caller(self, case: Case, luck: Random) -> Actor:
        """Somebody who calls back and whose person has not handled the case."""
        handled = set(case.handlers.values_list("person_id", flat=True))
        free = [actor for name in CALLERS if (actor := self.named(name)).person_id not in handled]
        return luck.choice(free or [self.named("lead2")])

    def worker(self, case: Case) -> Actor:
        """Who works on the case: its assignee, else the head of its department."""
        if case.assignee_id is not None:
            return self.actors[case.assignee_id]
        return self.head(case.responsible.code if case.responsible else "service")

    def head(self, department: str) -> Actor:
        """The head of a department."""
        head = self.departments[department].head_id
        return self.actors[head] if head is not None else self.named("dgm")

    def approver(self, role: str, case: Case) -> Actor:
        """Who decides in the name of a role for a case."""
        if role == "department_head":
            return self.head(case.responsible.code if case.responsible else "service")
        chosen = {"service_lead": "lead2", "deputy_general_manager": "dgm", "general_manager": "gm"}
        return self.named(chosen[role])

    def later(self, at: datetime, plan: Plan, *, minutes: float, urgent: float | None = None) -> datetime:
        """A moment after `at`: about so many working minutes, or for an urgent case so many minutes of any kind."""
        factor = plan.luck.lognormvariate(0, 0.45) * plan.rush
        if plan.urgent and urgent is not None:
            return at + timedelta(minutes=urgent * factor)
        return self.calendar.due(at, max(60, int(minutes * 60 * factor)))

    def awake(self, at: datetime, luck: Random) -> datetime:
        """`at`, or in the following morning when it falls in the night."""
        local = at.astimezone(self.zone)
        if WAKING[0] <= local.hour < WAKING[1]:
            return at
        day = local + timedelta(days=1) if local.hour >= WAKING[1] else local
        return day.replace(hour=WAKING[0], minute=luck.randint(5, 59)).astimezone(at.tzinfo)
