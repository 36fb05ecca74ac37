"""Some roles ask for years of experience (WM-2.2a, WM-2.4b): how many, the policy says."""

from __future__ import annotations

from datetime import date, datetime

from goodword.base.core.clock import local_day
from goodword.base.core.errors import Invalid, Refused
from goodword.base.core.transactions import one_fact
from goodword.base.people.actors import Actor
from goodword.base.people.models import Person
from goodword.base.people.roles import ROLES

from . import kinds
from .demands import Demand, demands_of
from .facts import begin, journal


def lacking(person: Person, role: str, *, at: datetime) -> Refused | None:
    """Why the person may not be given the role yet; None when no clause asks for more experience than there is."""
    today = local_day(at)
    for demand in demands_of(role, on=today):
        if not demand.is_met_by(person, on=today):
            return _refusal(demand)
    return None


def record_experience(person: Person, *, since: date, by: Actor, at: datetime) -> Person:
    """Write down since when a person has done this kind of work.

    Effects: the person; `company.experience_recorded`. Raises Forbidden without people.manage, Invalid for a day to
    come.
    """
    by.require("people.manage")
    if since > local_day(at):
        raise Invalid(
            "资历起始日不能晚于今天。",
            "Experience cannot begin on a day to come.",
            fields={"since": "不晚于今天 / not after today"},
        )
    with one_fact():
        begin()
        if Person.objects.filter(pk=person.pk).exclude(experience_since=since).update(experience_since=since):
            journal(kinds.EXPERIENCE_RECORDED, by=by, at=at, person=person.pk, since=since.isoformat())
    person.refresh_from_db()
    return person


def _refusal(demand: Demand) -> Refused:
    names, years = ROLES[demand.role], demand.years
    return Refused(
        f"担任{names.zh}须有满 {years} 年的相关资历。",
        f"The {names.en.lower()} needs {years} full years of experience.",
        clauses=(demand.clause,),
        cure_zh="请改由资历足够的同事担任;资历未登记的,请先登记起始日。",
        cure_en="Choose a colleague with enough of it, or record since when this one has had it.",
    )
