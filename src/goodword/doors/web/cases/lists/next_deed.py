"""The next thing to do with each of several cases, as a link: the forms themselves stand on the case's page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

from django.urls import reverse

from goodword.base.people.actors import Actor
from goodword.voice.cases import states as s
from goodword.voice.cases.models import Case
from goodword.voice.cases.queries import begun

from ..abilities import BY_NAME
from ..ability import reaches
from ..conditions import asks, called_back_at_all, valued

ALWAYS = {
    s.RECEIVED: "triage",
    s.AGREED: "carrying-out",
    s.CARRYING_OUT: "completion",
    s.CALLED_BACK: "closure",
}
"""States in which it is the same for every case."""


class Deed(NamedTuple):
    """What its button says, its icon, and where its form opens."""

    label: str
    icon: str
    url: str


def next_deeds(cases: Iterable[Case], actor: Actor) -> dict[UUID, Deed]:
    """By case id; none where nothing is left to do, or not for this person. Two queries, however many cases."""
    cases = list(cases)
    looked_into = begun.investigated(cases)
    told = begun.discussed(cases)
    named = {case.pk: (case, _named(case, looked_into, told)) for case in cases}
    return {pk: _deed(case, name) for pk, (case, name) in named.items() if name and _may(case, name, actor)}


def _named(case: Case, looked_into: set[UUID], told: dict[UUID, bool]) -> str:
    """The name of the ability; empty for none."""
    if case.state in s.BEFORE_SOLUTION:
        return _before_solution(case, looked_into)
    if case.state == s.PROPOSED and case.pk in told:
        return "solutions/answer" if told[case.pk] else "solutions/communication"
    if case.state == s.DONE:
        return "callback" if called_back_at_all(case) else "closure"
    return ALWAYS.get(case.state, "")


def _before_solution(case: Case, looked_into: set[UUID]) -> str:
    if asks(case):
        return "answer"
    if valued(case):
        return "assessment"
    return "cause" if case.pk in looked_into else "investigation"


def _may(case: Case, name: str, actor: Actor) -> bool:
    right = BY_NAME[name].right
    return actor.has(right) and (name in {"triage", "callback"} or reaches(right)(case, actor))


def _deed(case: Case, name: str) -> Deed:
    ability = BY_NAME[name]
    return Deed(ability.label, ability.icon, f"{reverse('web:case', args=[case.number])}?do={name}#deed")
