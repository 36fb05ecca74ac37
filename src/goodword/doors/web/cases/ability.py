"""An ability: one thing somebody can do with a case, as a small form with a URL of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.forms import FileField
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from goodword.base.core.errors import Invalid
from goodword.base.people.actors import Actor
from goodword.voice.cases.models import Case
from goodword.voice.cases.queries import listing

from ..access import Page, WebRequest, page
from ..bilingual import Both
from ..templatetags.goodword_ui import t
from . import in_place
from .forms.base import CaseForm

Possible = Callable[[Case, Actor], bool]
Act = Callable[..., object]


@dataclass(frozen=True, slots=True)
class Ability:
    """One thing to do with a case.

    name: the noun in its URL (`/cases/1001/triage/`). right: without it nothing is shown and the URL refuses.
    possible: whether its form is worth showing now; the action itself has the last word. act: the action, called
    with the case, the form's facts, by and at. group: where the page offers it: "work" (tabs), "more" (menu), ""
    (in place, beside the thing it is about). leads: the states of the case in which it is the next thing to do.
    meets: the journal's entry kinds its act writes, each with the form's values by which it does; by them a duty finds
    what fulfils it (fulfilling.py). beside: names of what is done instead, where this turns out impossible. part: the
    template of its own that draws it; without one its form is drawn as every form.
    """

    name: str
    zh: str
    en: str
    icon: str
    right: str
    possible: Possible
    act: Act
    form: type[CaseForm] = CaseForm
    group: str = "work"
    leads: frozenset[str] = frozenset()
    said: tuple[str, str] = ("已保存。", "Saved.")
    key: str = ""
    meets: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    beside: tuple[str, ...] = ()
    part: str = ""

    @property
    def url_name(self) -> str:
        """The name of its URL."""
        return f"case-{self.name.replace('/', '-')}"

    @property
    def label(self) -> Any:
        """Its name in the language of the page."""
        return Both(self.zh, self.en)

    def offered(self, case: Case, actor: Actor) -> bool:
        """Whether the page shows it to this person now."""
        return actor.has(self.right) and self.possible(case, actor)

    def path(self, case: Case) -> str:
        """Where its form is sent."""
        return reverse(f"web:{self.url_name}", args=[case.number])


def always(_case: Case, _actor: Actor) -> bool:
    """Possible whatever the case's state, for whoever holds the right."""
    return True


def holds(condition: Callable[[Case], bool]) -> Possible:
    """Possible where something holds of the case."""
    return lambda case, _actor: condition(case)


def reaches(right: str) -> Possible:
    """Possible for whoever holds the right for this case: everywhere, in its department, or as its assignee or owner."""

    def possible(case: Case, actor: Actor) -> bool:
        if actor.account_id is not None and actor.account_id in (case.assignee_id, case.owner_id):
            return actor.has(right)
        return actor.has(right, department=case.responsible.code if case.responsible else "service")

    return possible


def within(*states: str, right: str = "", also: Callable[[Case], bool] | None = None) -> Possible:
    """Possible in these states of the case, for whoever reaches it with `right`, where `also` holds of it."""
    reach = reaches(right) if right else None

    def possible(case: Case, actor: Actor) -> bool:
        return case.state in states and (reach is None or reach(case, actor)) and (also is None or also(case))

    return possible


def view_of(ability: Ability, *, back: Page) -> Page:
    """The view its form is sent to: typed values to facts, the action, then the case's page again."""

    def do(request: WebRequest, number: int) -> HttpResponse:
        case = listing.get(request.actor, number)
        form = ability.form(request.POST, request.FILES, case=case, actor=request.actor, at=request.now)
        if not form.is_valid():
            raise Invalid("有些内容不完整或有误，请看表单。", "Something is missing or wrong; see the form.")
        outcome = ability.act(case, form.facts(), by=request.actor, at=request.now)
        messages.success(request, t(*ability.said))
        if in_place.asked_for(request):
            return HttpResponseRedirect(in_place.done_path(case))
        return HttpResponseRedirect(target_of(outcome, case))

    do.__name__ = ability.url_name.replace("-", "_")
    takes_files = any(isinstance(field, FileField) for field in ability.form.base_fields.values())
    return page(right=ability.right, methods="POST", back=back, files=takes_files)(do)


def target_of(outcome: object, case: Case) -> str:
    """The page to go on with: the case that came of it, where it is another one."""
    return reverse("web:case", args=[outcome.number if isinstance(outcome, Case) else case.number])


def calls(action: Callable[..., object]) -> Act:
    """An act that hands the facts to the action by name."""

    def act(case: Case, facts: Mapping[str, Any], *, by: Actor, at: datetime) -> object:
        return action(case, by=by, at=at, **facts)

    return act
