"""The board: a column for each state of the stepper, the cases with the least time left on top."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from goodword.voice.cases import states
from goodword.voice.cases.lists.board import Stack
from goodword.voice.cases.lists.board import board as stacks
from goodword.voice.cases.lists.counting import late_looked_at
from goodword.voice.cases.models import Case
from goodword.voice.cases.queries.obligations import Pressing

from ...access import WebRequest, page
from ...refusing import chip
from ..lists import fields
from ..lists.columns import ALWAYS, NAMED
from ..lists.filtering import Asked, asked_by, conditions, misread_words
from ..lists.next_deed import Deed, next_deeds
from ..lists.tabs import count_words
from ..naming import STATE_TONES, TONES, Names, customer_name, state_name

CARDS = 8
READ = (*ALWAYS, *NAMED, "assignee__person__name", "owner", "responsible__code")


@page(right="cases.see")
def board(request: WebRequest) -> HttpResponse:
    """The cases of a list by state. The number of queries is the same whatever there is."""
    names = Names(timezone.localtime(request.now).date())
    asked = asked_by(request.GET)
    wanted = conditions(asked.filters, request.actor, now=request.now, late=late_looked_at())
    read = Case.objects.select_related("customer", "responsible", "assignee__person").only(*READ)
    found = stacks(request.actor, wanted, states.STEPS, each=CARDS, read=read)
    deeds = next_deeds((case for stack in found for case in stack.cases), request.actor)
    pairs = fields.choices(names)
    context = {
        "asked": asked,
        "stacks": [column(stack, asked, names, deeds) for stack in found],
        "chips": fields.chips(asked, pairs),
        "misread": misread_words(asked, fields.labels()),
        "list": reverse("web:cases") + asked.query(),
    }
    return render(request, "web/cases/lists/board.html", context)


def column(stack: Stack, asked: Asked, names: Names, deeds: dict[Any, Deed]) -> dict[str, Any]:
    """A state with its count, its cards and the list behind it."""
    count = stack.held
    within = Asked({**asked.filters, "state": stack.state}, asked.columns, asked.sort)
    return {
        "name": state_name(stack.state),
        "tone": STATE_TONES.get(stack.state, "accent"),
        "count": count_words(count),
        "url": reverse("web:cases") + within.query(),
        "is_more": count.is_more or count.cases > len(stack.cases),
        "cards": [card(case, stack.owed.get(case.pk), names, deeds.get(case.pk)) for case in stack.cases],
    }


def card(case: Case, owed: Pressing | None, names: Names, deed: Deed | None) -> dict[str, Any]:
    """What a card says of a case."""
    clause = chip(owed.clause_id) if owed else None
    return {
        "case": case,
        "customer": customer_name(case),
        "severity": names.of("severity", case.severity),
        "severity_tone": TONES.get(case.severity, "neutral"),
        "kind": names.of("kind", case.kind),
        "owed": owed,
        "why": f"{clause.id} {clause.title}" if clause else "",
        "deed": deed,
    }
